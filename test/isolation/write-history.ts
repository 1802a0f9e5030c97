import type { NestExpressApplication } from '@nestjs/platform-express';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';

/** No step of a small graph writes one by itself, and only the system role may write journal tables. */
export async function writeLogLine(
  app: NestExpressApplication,
  orgId: string,
  executionId: string,
  text: string,
): Promise<void> {
  await app
    .get(OrgDatabase)
    .acrossOrgsStatement(
      'a test writes the log line that no step writes',
      `INSERT INTO execution_log (org_id, execution_id, seq, step_path, level, message) VALUES ($1, $2, 1, 'greet', 'info', $3)`,
      [orgId, executionId, text],
    );
}

/** Only the system role may write journal tables, and no step of a small graph acts on the outside world. */
export async function writeEffect(
  app: NestExpressApplication,
  orgId: string,
  executionId: string,
  text: string,
  each: number,
): Promise<void> {
  await app.get(OrgDatabase).acrossOrgsStatement(
    'a test writes the effect that no step has',
    `INSERT INTO effect (org_id, execution_id, path, call, round, state, request_hash, response)
       VALUES ($1, $2, 'greet', $4, 1, 'completed', $3, to_json($3::text))`,
    [orgId, executionId, text, `http ${each}`],
  );
}

/** No step of this run asks a model. */
export async function writeGeneration(
  app: NestExpressApplication,
  orgId: string,
  executionId: string,
  text: string,
): Promise<void> {
  await app.get(OrgDatabase).acrossOrgsStatement(
    'a test writes the model call that no step has made',
    `INSERT INTO generation (id, org_id, execution_id, step_path, call, attempt, fallback, provider, model, parameters, input_tokens,
                             output_tokens, cached_input_tokens, reasoning_tokens, latency_ms, simulated, started_at)
       VALUES ($1, $2, $3, 'greet', 0, 1, false, $4, $4 || '/large', '{}', 1, 1, 0, 0, 1, false, now())`,
    [newId(), orgId, executionId, text],
  );
}
