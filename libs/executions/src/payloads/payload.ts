import { createHash } from 'node:crypto';

/** JSON text of more bytes than this is kept beside its row. */
export const LARGE_BYTES = 64 * 1024;

/** What of a large value can be seen without fetching it. */
const PREVIEW_BYTES = 2 * 1024;

/** Text of at most so many UTF-16 units is never large, whatever is in it. */
export const SURELY_SMALL_CHARACTERS = Math.floor(LARGE_BYTES / 3);

/** What stands for a large value in a row, an event or an answer. */
export interface PayloadReference {
  /** SHA-256 of the JSON text, in hex. */
  readonly hash: string;
  /** UTF-8 bytes of the JSON text. */
  readonly bytes: number;
  /** How the JSON text begins; at most 2 KiB. */
  readonly preview: string;
}

/**
 * References by the name of the field that they stand for. They lie beside the values, never in their place: what a
 * person or model wrote is a value and cannot become a reference.
 */
export type LargeFields = Readonly<Record<string, PayloadReference>>;

/** A large value on its way into the database. */
export interface Payload {
  readonly hash: string;
  readonly bytes: number;
  /** JSON text. */
  readonly content: string;
}

export interface LargeValue {
  readonly reference: PayloadReference;
  readonly payload: Payload;
}

/** Null when the JSON text is small enough for its row. */
export function largeText(content: string): LargeValue | null {
  if (content.length <= SURELY_SMALL_CHARACTERS) return null;
  const bytes = Buffer.byteLength(content);
  if (bytes <= LARGE_BYTES) return null;
  const hash = createHash('sha256').update(content).digest('hex');
  return { reference: { hash, bytes, preview: beginningOf(content) }, payload: { hash, bytes, content } };
}

/** Whole characters only. */
export function beginningOf(text: string): string {
  const bytes = Buffer.from(text.slice(0, PREVIEW_BYTES)).subarray(0, PREVIEW_BYTES);
  return bytes.toString('utf8').replace(/\ufffd+$/, '');
}
