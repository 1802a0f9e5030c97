import type { CursorCodec, Page } from '#platform/http';
import { OrgContext } from '#tenancy';

export interface TriggerListQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly agentId?: string;
}

/** The latest run that a trigger started; all null before the first, and once retention has taken it. */
export interface LastRun {
  readonly runId: string | null;
  readonly runStatus: string | null;
}

export const LAST_RUN_COLUMNS = `e.id AS "runId", e.status AS "runStatus"`;

export const LAST_RUN_JOIN = `LEFT JOIN execution e ON e.org_id = t.org_id AND e.id = t.last_execution_id`;

/**
 * One page of the open organisation's triggers, newest first: ids are UUIDv7 and so sort by time.
 * @param read gets organisation, agent, id to start before, and the number of rows, as parameters $1 to $4
 */
export async function readTriggers<R extends { readonly id: string; readonly createdAt: Date }>(
  cursors: CursorCodec,
  list: string,
  { limit, cursor, agentId }: TriggerListQuery,
  read: (parameters: unknown[]) => Promise<R[]>,
): Promise<Page<R>> {
  const orgId = OrgContext.require();
  const name = `${list}:${orgId}`;
  const before = cursor === undefined ? null : cursors.decode(name, cursor).id;
  const rows = await read([orgId, agentId ?? null, before, limit + 1]);
  return cursors.page(name, rows, limit, ({ id, createdAt }) => ({ id, at: createdAt.toISOString() }));
}
