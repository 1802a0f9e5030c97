import { storePayloads } from '../payloads/whole-value.js';
import { callParts } from './call-parts.js';
import { eventParts } from './event-parts.js';

/** Everything that runs without waits, effects and callbacks need, in the order of its parameters. */
const LEAN_PARTS = `
WITH accepted AS (
  SELECT * FROM json_to_recordset($1::json) AS r(
    id uuid, org_id uuid, agent_id uuid, version_id uuid, version int, status text, mode text, trigger text,
    trigger_id uuid, trigger_name text, attempt int,
    lease_owner uuid, lease_ms int, input json, output json, error json, large jsonb, usage json, metadata json, retry_of uuid,
    parent_id uuid, parent_path text, depth int, last_seq int,
    created_by_user_id uuid, created_at timestamptz, started_at timestamptz, finished_at timestamptz,
    idempotency_key text, request_hash text, budget_micro_usd bigint, budget_execution_id uuid, on_budget text)
), keys AS (
  INSERT INTO idempotency_key (org_id, key, request_hash, status_code, execution_id)
  SELECT DISTINCT ON (org_id, idempotency_key) org_id, idempotency_key, request_hash, 202, id
    FROM accepted WHERE idempotency_key IS NOT NULL
  ON CONFLICT (org_id, key) DO UPDATE SET request_hash = excluded.request_hash, status_code = excluded.status_code,
    response = NULL, execution_id = excluded.execution_id, created_at = now(), expires_at = excluded.expires_at
  WHERE idempotency_key.expires_at <= now()
  RETURNING execution_id
), inserted AS (
  INSERT INTO execution (id, org_id, agent_id, version_id, version, status, mode, trigger, trigger_id, trigger_name, attempt,
    lease_owner, lease_expires_at, input, output, error, large, usage, metadata, retry_of, parent_id, parent_path, depth, last_seq, created_by_user_id, created_at,
    queued_at, started_at, finished_at, budget_micro_usd, budget_execution_id, on_budget)
  SELECT id, org_id, agent_id, version_id, version, status, mode, trigger, trigger_id, trigger_name, attempt, lease_owner,
         CASE WHEN lease_owner IS NULL THEN NULL ELSE now() + make_interval(secs => lease_ms / 1000.0) END,
         input, output, error, large, usage, metadata, retry_of, parent_id, parent_path, depth, last_seq, created_by_user_id, created_at,
         CASE WHEN status = 'queued' THEN now() END, started_at, finished_at, budget_micro_usd, budget_execution_id, on_budget
    FROM accepted
   WHERE idempotency_key IS NULL OR id IN (SELECT execution_id FROM keys)
  RETURNING id, org_id, status, parent_id
), finished AS (
  UPDATE execution e
     SET status = r.status, output = r.output, error = r.error, usage = r.usage, last_seq = r.last_seq,
         large = CASE WHEN r.large IS NULL THEN e.large ELSE coalesce(e.large, '{}') || r.large END, finished_at = r.finished_at, lease_owner = NULL, lease_expires_at = NULL
    FROM json_to_recordset($2::json) AS r(
      id uuid, attempt int, status text, output json, error json, large jsonb, usage json, last_seq int, finished_at timestamptz)
   WHERE e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
  RETURNING e.id, e.org_id, e.status, e.parent_id
), held AS (
  SELECT e.id, e.org_id
    FROM json_to_recordset($3::json) AS r(id uuid, attempt int)
    JOIN execution e ON e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
     FOR SHARE OF e
)`;

const ROWS = `, steps AS (
  INSERT INTO execution_step (org_id, execution_id, path, node_id, kind, status, port, tries, input, output, error, large, usage, started_at, finished_at)
  SELECT mine.org_id, mine.id, r.path, r.node_id, r.kind, r.status, r.port, r.tries, r.input, r.output, r.error, r.large, r.usage, r.started_at, r.finished_at
    FROM json_to_recordset($4::json) AS r(execution_id uuid, path text, node_id text, kind text, status text, port text,
      tries int, input json, output json, error json, large jsonb, usage json, started_at timestamptz, finished_at timestamptz)
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
)`;

const WAITING_RUNS = (first: number): string => `, suspended AS (
  UPDATE execution e
     SET status = CASE WHEN e.wakes > r.seen_wakes OR e.cancel_requested_at IS NOT NULL THEN 'queued' ELSE 'waiting' END,
         queued_at = CASE WHEN e.wakes > r.seen_wakes OR e.cancel_requested_at IS NOT NULL THEN now() ELSE e.queued_at END,
         usage = r.usage, last_seq = r.last_seq, lease_owner = NULL, lease_expires_at = NULL
    FROM json_to_recordset($${first}::json) AS r(id uuid, attempt int, seen_wakes int, usage json, last_seq int)
   WHERE e.id = r.id AND e.attempt = r.attempt AND e.status = 'running'
  RETURNING e.id, e.org_id, e.status
)`;

const WAITS_EFFECTS_CALLBACKS = (first: number): string => `, opened AS (
  INSERT INTO wait (id, org_id, execution_id, path, key, kind, title, payload, payload_hash, large, form, decisions, due_at,
    event_name, event_correlation, run_id, state, answer, answered_at)
  SELECT r.id, mine.org_id, mine.id, r.path, r.key, r.kind, r.title, r.payload, r.payload_hash, r.large, r.form, r.decisions, r.due_at,
         r.event_name, r.event_correlation, r.run_id, r.state, r.answer, r.answered_at
    FROM json_to_recordset($${first + 1}::json) AS r(execution_id uuid, id uuid, path text, key text, kind text, title text, payload json,
      payload_hash text, large jsonb, form json, decisions json, due_at timestamptz, event_name text, event_correlation text, run_id uuid,
      state text, answer json, answered_at timestamptz)
    JOIN mine ON mine.id = r.execution_id
  ON CONFLICT (execution_id, path, key) DO NOTHING
  RETURNING id, org_id, execution_id, kind, state
), closed AS (
  UPDATE wait w SET state = 'closed'
    FROM json_to_recordset($${first + 2}::json) AS r(execution_id uuid, id uuid)
    JOIN mine ON mine.id = r.execution_id
   WHERE w.id = r.id AND w.execution_id = mine.id AND w.state = 'answered'
), voided AS (
  UPDATE wait w SET state = 'void'
    FROM json_to_recordset($${first + 3}::json) AS r(execution_id uuid, id uuid)
    JOIN mine ON mine.id = r.execution_id
   WHERE w.execution_id = mine.id AND (r.id IS NULL OR w.id = r.id) AND w.state = 'open'
), effects AS (
  INSERT INTO effect (org_id, execution_id, path, call, round, state, request_hash, response, large)
  SELECT mine.org_id, mine.id, r.path, r.call, r.round, r.state, r.request_hash, r.response, r.large
    FROM json_to_recordset($${first + 4}::json) AS r(execution_id uuid, path text, call text, round int, state text, request_hash text, response json, large jsonb)
    JOIN mine ON mine.id = r.execution_id
  ON CONFLICT (execution_id, path, call) DO UPDATE
     SET round = excluded.round, state = excluded.state, request_hash = excluded.request_hash, response = excluded.response,
         large = excluded.large, updated_at = now()
), callbacks AS (
  INSERT INTO callback (id, org_id, execution_id, url, origin)
  SELECT r.id, inserted.org_id, inserted.id, r.url, r.origin
    FROM json_to_recordset($${first + 5}::json) AS r(execution_id uuid, id uuid, url text, origin text)
    JOIN inserted ON inserted.id = r.execution_id
)`;

/** New payloads, and those that a retry takes over from the run before it: they are copied where they lie. */
const PAYLOADS = (first: number): string =>
  storePayloads(`
  SELECT mine.org_id, mine.id AS execution_id, r.hash, r.bytes, r.content
    FROM json_to_recordset($${first}::json) AS r(execution_id uuid, hash text, bytes int, content json)
    JOIN mine ON mine.id = r.execution_id
  UNION ALL
  SELECT mine.org_id, mine.id, p.hash, p.bytes, p.content
    FROM json_to_recordset($${first + 1}::json) AS r(execution_id uuid, from_id uuid)
    JOIN mine ON mine.id = r.execution_id
    JOIN execution_payload x ON x.org_id = mine.org_id AND x.execution_id = r.from_id
    JOIN payload p ON p.org_id = x.org_id AND p.month = run_month(x.execution_id) AND p.hash = x.hash`);

/** What a batch needs beyond the lean statement; batches without it do not pay for it. */
export interface JournalParts {
  /** A run waits, is answered, acts on the outside world or is accepted with a callback: six parameters. */
  readonly waits: boolean;
  /** A run stores large values: two parameters. */
  readonly payloads: boolean;
  /** A run has called a model: one parameter. */
  readonly calls: boolean;
  /** A run ends or begins to wait, which endpoints may want to know: no parameter. */
  readonly events: boolean;
}

const LEAN_PARAMETERS = 6;
const WAIT_PARAMETERS = 6;
const PAYLOAD_PARAMETERS = 2;

const texts = new Map<number, string>();

/**
 * One statement commits a whole batch: new runs, ends of runs, finished steps, events and log lines of any number of
 * runs, each bound to its run's fence. `mine` is the heart of it: the runs that this batch may write for, with the
 * organisation taken from the row, never from the caller. Row locks (FOR SHARE, UPDATE) hold the fence until commit.
 * An answer that came while its run was about to wait is not missed: the update waits for the answer's commit and then
 * looks at the newest row.
 * @returns one of a fixed number of texts; the parameters of the parts follow one another in the order of `JournalParts`
 */
export function journalText({ waits, payloads, calls, events }: JournalParts): string {
  const bits = (waits ? 1 : 0) | (payloads ? 2 : 0) | (calls ? 4 : 0) | (events ? 8 : 0);
  let text = texts.get(bits);
  if (text === undefined) {
    const first = LEAN_PARAMETERS + 1;
    const firstPayload = first + (waits ? WAIT_PARAMETERS : 0);
    const firstCall = firstPayload + (payloads ? PAYLOAD_PARAMETERS : 0);
    const settled = calls ? ' CROSS JOIN settled' : '';
    text = `${LEAN_PARTS}${waits ? WAITING_RUNS(first) : ''}, mine AS (
  SELECT id, org_id FROM inserted UNION ALL SELECT id, org_id FROM finished UNION ALL SELECT id, org_id FROM held${
    waits ? ' UNION ALL SELECT id, org_id FROM suspended' : ''
  }
)${ROWS}${waits ? WAITS_EFFECTS_CALLBACKS(first) : ''}${events ? eventParts(waits) : ''}${payloads ? PAYLOADS(firstPayload) : ''}${calls ? callParts(firstCall) : ''}
${waits ? 'SELECT mine.id, suspended.status FROM mine LEFT JOIN suspended ON suspended.id = mine.id' : 'SELECT id FROM mine'}${settled}`;
    texts.set(bits, text);
  }
  return text;
}
