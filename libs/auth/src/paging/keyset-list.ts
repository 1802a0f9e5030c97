import type { Cursor, CursorCodec, Page } from '#platform/http';
import { OrgContext } from '#tenancy';

/** A row that knows its place in a list sorted by time and id, newest first. */
export interface Positioned {
  readonly id: string;
  /** As {@link positionOf} selects it. */
  readonly position: string;
}

/** Where a page begins (both null at the front) and how many rows to read: one more than it shows. */
export interface Window {
  readonly at: string | null;
  readonly id: string | null;
  readonly rows: number;
}

/** Column that tells a row's place to the microsecond, which a JavaScript date cannot. */
export function positionOf(alias: string): string {
  return `to_char(${alias}.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "position"`;
}

/** Condition and order of a page; parameters $2, $3 and $4 are {@link Window}'s fields, $1 stays the organisation. */
export function windowOf(alias: string): string {
  return `AND ($2::timestamptz IS NULL OR (${alias}.created_at, ${alias}.id) < ($2::timestamptz, $3::uuid))
     ORDER BY ${alias}.created_at DESC, ${alias}.id DESC LIMIT $4`;
}

/**
 * One page of a list of the open organisation.
 * @throws AppError malformed when the cursor belongs to another list or organisation
 */
export async function readPage<R extends Positioned>(
  codec: CursorCodec,
  list: string,
  query: { readonly limit: number; readonly cursor?: string },
  read: (window: Window) => Promise<R[]>,
): Promise<Page<R>> {
  const name = `${list}:${OrgContext.require()}`;
  const start: Cursor | null = query.cursor === undefined ? null : codec.decode(name, query.cursor);
  const rows = await read({ at: start?.at ?? null, id: start?.id ?? null, rows: query.limit + 1 });
  return codec.page(name, rows, query.limit, ({ position, id }) => ({ at: position, id }));
}
