import type { PayloadReference } from '@/shared/api/generated/schema';

/** Stand for values that are too large to come along, by the name of their field. */
export type LargeFields = Readonly<Partial<Record<string, PayloadReference>>>;

const NONE: LargeFields = {};

/** Those of a row, an answer or the data of an event. */
export function largeOf(source: { large?: unknown } | null | undefined): LargeFields {
  return (source?.large as LargeFields | null | undefined) ?? NONE;
}
