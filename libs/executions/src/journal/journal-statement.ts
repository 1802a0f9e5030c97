import type { JournalEntry } from './journal-entry.js';

/**
 * One statement commits a whole batch: new runs, ends of runs, finished steps, events and log lines of any number of
 * runs, each bound to its run's fence. `mine` is the heart of it: the runs that this batch may write for, with the
 * organisation taken from the row, never from the caller. Row locks (FOR SHARE, UPDATE) hold the fence until commit.
 */
export const JOURNAL_STATEMENT = `
WITH accepted AS (
  SELECT * FROM json_to_recordset($1::json) AS r(
    id uuid, org_id uuid, agent_id uuid, version_id uuid, version int, status text, mode text, trigger text, attempt int,
    lease_owner uuid, lease_ms int, input json, output json, error json, usage json, metadata json, retry_of uuid, last_seq int,
    created_by_user_id uuid, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
    idempotency_key text, request_hash text)
), keys AS (
  INSERT INTO idempotency_key (org_id, key, request_hash, status_code, execution_id)
  SELECT DISTINCT ON (org_id, idempotency_key) org_id, idempotency_key, request_hash, 202, id
    FROM accepted WHERE idempotency_key IS NOT NULL
  ON CONFLICT (org_id, key) DO UPDATE SET request_hash = excluded.request_hash, status_code = excluded.status_code,
    response = NULL, execution_id = excluded.execution_id, created_at = now(), expires_at = excluded.expires_at
  WHERE idempotency_key.expires_at <= now()
  RETURNING execution_id
), inserted AS (
  INSERT INTO execution (id, org_id, agent_id, version_id, version, status, mode, trigger, attempt, lease_owner, lease_expires_at,
    input, output, error, usage, metadata, retry_of, last_seq, created_by_user_id, created_at, started_at, finished_at)
  SELECT id, org_id, agent_id, version_id, version, status, mode, trigger, attempt, lease_owner,
         CASE WHEN lease_owner IS NULL THEN NULL ELSE now() + make_interval(secs => lease_ms / 1000.0) END,
         input, output, error, usage, metadata, retry_of, last_seq, created_by_user_id, created_at, started_at, finished_at
    FROM accepted
   WHERE idempotency_key IS NULL OR id IN (SELECT execution_id FROM keys)
  RETURNING id, org_id
), finished AS (
  UPDATE execution e
     SET status = r.status, output = r.output, error = r.error, usage = r.usage, last_seq = r.last_seq,
         finished_at = r.finished_at, lease_owner = NULL, lease_expires_at = NULL
    FROM json_to_recordset($2::json) AS r(
      id uuid, attempt int, status text, output json, error json, usage json, last_seq int, finished_at timestamptz)
   WHERE e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
  RETURNING e.id, e.org_id
), held AS (
  SELECT e.id, e.org_id
    FROM json_to_recordset($3::json) AS r(id uuid, attempt int)
    JOIN execution e ON e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
     FOR SHARE OF e
), mine AS (
  SELECT id, org_id FROM inserted UNION ALL SELECT id, org_id FROM finished UNION ALL SELECT id, org_id FROM held
), steps AS (
  INSERT INTO execution_step (org_id, execution_id, path, node_id, kind, status, port, tries, input, output, error, usage, started_at, finished_at)
  SELECT mine.org_id, mine.id, r.path, r.node_id, r.kind, r.status, r.port, r.tries, r.input, r.output, r.error, r.usage, r.started_at, r.finished_at
    FROM json_to_recordset($4::json) AS r(execution_id uuid, path text, node_id text, kind text, status text, port text,
      tries int, input json, output json, error json, usage json, started_at timestamptz, finished_at timestamptz)
    JOIN mine ON mine.id = r.execution_id
), events AS (
  INSERT INTO execution_event (execution_id, first_seq, last_seq, org_id, events)
  SELECT mine.id, r.first_seq, r.last_seq, mine.org_id, r.events
    FROM json_to_recordset($5::json) AS r(execution_id uuid, first_seq int, last_seq int, events json)
    JOIN mine ON mine.id = r.execution_id
), logs AS (
  INSERT INTO execution_log (org_id, execution_id, seq, step_path, level, message)
  SELECT mine.org_id, mine.id, r.seq, r.step_path, r.level, r.message
    FROM json_to_recordset($6::json) AS r(execution_id uuid, seq int, step_path text, level text, message text)
    JOIN mine ON mine.id = r.execution_id
)
SELECT id FROM mine`;

/** The six parameters of {@link JOURNAL_STATEMENT}: JSON arrays glued from the entries' ready-made pieces. */
export function journalParameters(entries: readonly JournalEntry[]): string[] {
  const accepted: string[] = [];
  const finished: string[] = [];
  const held: string[] = [];
  const steps: string[] = [];
  const events: string[] = [];
  const logs: string[] = [];
  for (const entry of entries) {
    const id = `"execution_id":"${entry.executionId}"`;
    if (entry.accept) accepted.push(acceptedRow(entry));
    else if (entry.finish) finished.push(finishedRow(entry));
    else held.push(`{"id":"${entry.executionId}","attempt":${entry.attempt}}`);
    for (const step of entry.steps) steps.push(`{${id},${step.slice(1)}`);
    if (entry.events) {
      events.push(
        `{${id},"first_seq":${entry.events.firstSeq},"last_seq":${entry.events.lastSeq},"events":${entry.events.json}}`,
      );
    }
    for (const log of entry.logs) logs.push(`{${id},${log.slice(1)}`);
  }
  return [accepted, finished, held, steps, events, logs].map((rows) => `[${rows.join(',')}]`);
}

const NO_USAGE = '{"inputTokens":0,"outputTokens":0,"cachedInputTokens":0,"costMicroUsd":0}';

function acceptedRow({ executionId, attempt, accept, finish }: JournalEntry): string {
  if (!accept) return '';
  const running = accept.mode === 'interactive';
  const createdAt = new Date(accept.createdAt).toISOString();
  const plain = JSON.stringify({
    id: executionId,
    org_id: accept.orgId,
    agent_id: accept.agentId,
    version_id: accept.versionId,
    version: accept.version,
    status: finish?.status ?? (running ? 'running' : 'queued'),
    mode: accept.mode,
    trigger: accept.trigger,
    attempt,
    lease_owner: finish ? null : accept.leaseOwner,
    lease_ms: accept.leaseMs,
    retry_of: accept.retryOf,
    last_seq: finish?.lastSeq ?? 0,
    created_by_user_id: accept.createdByUserId,
    created_at: createdAt,
    started_at: running ? createdAt : null,
    finished_at: finish ? new Date(finish.finishedAt).toISOString() : null,
    idempotency_key: accept.idempotency?.key ?? null,
    request_hash: accept.idempotency?.requestHash ?? null,
  });
  return `${plain.slice(0, -1)},"input":${accept.inputJson},"metadata":${accept.metadataJson ?? 'null'},"output":${
    finish?.outputJson ?? 'null'
  },"error":${finish?.errorJson ?? 'null'},"usage":${finish?.usageJson ?? NO_USAGE}}`;
}

function finishedRow({ executionId, attempt, finish }: JournalEntry): string {
  if (!finish) return '';
  return `{"id":"${executionId}","attempt":${attempt},"status":"${finish.status}","last_seq":${finish.lastSeq},"finished_at":"${new Date(
    finish.finishedAt,
  ).toISOString()}","output":${finish.outputJson ?? 'null'},"error":${finish.errorJson ?? 'null'},"usage":${finish.usageJson}}`;
}
