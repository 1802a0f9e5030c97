/**
 * Model calls of the runs in `mine`: one record for as long as the run is kept, one for as long as the organisation is,
 * and the settling of what was reserved. Written twice, each changes nothing: rows have their ids, a reservation is closed
 * once. The function comes last, because it locks budgets that others want as well.
 * @param parameter number of the parameter with the rows
 */
export const callParts = (parameter: number): string => `, calls AS (
  SELECT r.*, mine.org_id
    FROM json_to_recordset($${parameter}::json) AS r(execution_id uuid, id uuid, agent_id uuid, agent_version int, user_id uuid,
      step_path text, call int, attempt int, fallback boolean, provider text, model text, answered_by text, credential_id uuid,
      prompt_id uuid, prompt_version text, parameters jsonb, input_tokens bigint, output_tokens bigint,
      cached_input_tokens bigint, reasoning_tokens bigint, cost_micro_usd bigint, usage_flag text, latency_ms int,
      first_token_ms int, finish_reason text, error_code text, guard jsonb, simulated boolean, started_at timestamptz,
      reservation_id uuid, settled bigint)
    JOIN mine ON mine.id = r.execution_id
), generations AS (
  INSERT INTO generation (id, org_id, execution_id, agent_id, agent_version, user_id, step_path, call, attempt, fallback, provider,
    model, answered_by, credential_id, prompt_id, prompt_version, parameters, input_tokens, output_tokens, cached_input_tokens,
    reasoning_tokens, cost_micro_usd, usage_flag, latency_ms, first_token_ms, finish_reason, error_code, guard, simulated, started_at)
  SELECT id, org_id, execution_id, agent_id, agent_version, user_id, step_path, call, attempt, fallback, provider,
    model, answered_by, credential_id, prompt_id, prompt_version, parameters, input_tokens, output_tokens, cached_input_tokens,
    reasoning_tokens, cost_micro_usd, usage_flag, latency_ms, first_token_ms, finish_reason, error_code, guard, simulated, started_at
    FROM calls
  ON CONFLICT (execution_id, id) DO NOTHING
), used AS (
  INSERT INTO usage_record (id, org_id, execution_id, step_path, agent_id, user_id, credential_id, provider, model, input_tokens,
    output_tokens, cost_micro_usd, usage_flag, simulated)
  SELECT id, org_id, execution_id, step_path, agent_id, user_id, credential_id, provider, model, input_tokens, output_tokens,
         cost_micro_usd, usage_flag, simulated
    FROM calls
   WHERE NOT EXISTS (SELECT 1 FROM usage_record u WHERE u.id = calls.reservation_id)
  ON CONFLICT (id) DO NOTHING
), settled AS MATERIALIZED (
  SELECT settle_reservations((
    SELECT coalesce(json_agg(json_build_object('id', reservation_id, 'amount', settled, 'execution_id', execution_id)), '[]')
      FROM calls WHERE reservation_id IS NOT NULL)) AS closed
)`;

/** For calls whose attempt at the run may not write any more: they were made all the same. One parameter. */
export const LATE_CALLS_STATEMENT = `
WITH mine AS (
  SELECT e.id, e.org_id FROM execution e
   WHERE e.id IN (SELECT r.execution_id FROM json_to_recordset($1::json) AS r(execution_id uuid))
)${callParts(1)}
SELECT closed FROM settled`;
