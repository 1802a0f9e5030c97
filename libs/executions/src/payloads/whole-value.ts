/**
 * SQL for the JSON value of a column, wherever it is kept: in its row, or among the payloads of the row's run. Costs a
 * look at an index for a large value and nothing for the others.
 * @param row alias of a row with `large` and `org_id`
 * @param runId the run that the row belongs to, as SQL
 */
export function wholeValue(row: string, column: string, runId: string): string {
  return `CASE WHEN ${row}.large->'${column}' IS NULL THEN ${row}.${column} ELSE ${payloadOf(row, runId, `${row}.large->'${column}'->>'hash'`)} END`;
}

/** SQL for what is kept under a hash, as long as the run may read it. */
export function payloadOf(row: string, runId: string, hash: string): string {
  return `(SELECT p.content FROM execution_payload x JOIN payload p ON p.org_id = x.org_id AND p.month = run_month(x.execution_id) AND p.hash = x.hash
            WHERE x.org_id = ${row}.org_id AND x.execution_id = ${runId} AND x.hash = ${hash})`;
}

/**
 * SQL that stores payloads for runs.
 * @param source a query with org_id, execution_id, hash, bytes and content. Sorted, so that two statements wait for each
 *   other in one direction only
 */
export function storePayloads(source: string): string {
  return `, large_value AS (${source}
), payloads AS (
  INSERT INTO payload (org_id, month, hash, bytes, content)
  SELECT DISTINCT ON (org_id, run_month(execution_id), hash) org_id, run_month(execution_id), hash, bytes, content
    FROM large_value ORDER BY org_id, run_month(execution_id), hash
  ON CONFLICT DO NOTHING
), payload_references AS (
  INSERT INTO execution_payload (execution_id, hash, org_id)
  SELECT DISTINCT execution_id, hash, org_id FROM large_value ORDER BY execution_id, hash
  ON CONFLICT DO NOTHING
)`;
}
