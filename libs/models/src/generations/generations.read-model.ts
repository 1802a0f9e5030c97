import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { ModelCallRecord } from '../calls/model-call-record.js';
import { executionNotFound } from '../models.errors.js';

/** A generation as it is kept. */
export interface GenerationRow extends Omit<ModelCallRecord, 'settlement' | 'startedAt'> {
  readonly startedAt: Date;
}

export interface GenerationFilter {
  /** Of this step alone. */
  readonly stepPath?: string;
}

/** Attempts at providers, oldest first: the order in which they were made is what people want to see. */
@Injectable()
export class GenerationsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  /** @throws AppError execution.not_found */
  async ofExecution(
    executionId: string,
    { stepPath }: GenerationFilter,
    { limit, cursor }: { readonly limit: number; readonly cursor?: string },
  ): Promise<Page<GenerationRow>> {
    const orgId = OrgContext.require();
    const list = `generations:${orgId}:${executionId}:${stepPath ?? ''}`;
    const after = cursor === undefined ? null : this.codec.decode(list, cursor).id;
    const rows = await this.database.transaction(async (manager) => {
      const [execution] = await manager.query<unknown[]>('SELECT 1 FROM execution WHERE org_id = $1 AND id = $2', [
        orgId,
        executionId,
      ]);
      if (!execution) throw executionNotFound();
      return manager.query<GenerationRow[]>(
        `SELECT id, step_path AS "stepPath", call, attempt, fallback, provider, model, answered_by AS "answeredBy",
                credential_id AS "credentialId", prompt_id AS "promptId", prompt_version AS "promptVersion", parameters,
                input_tokens::float8 AS "inputTokens", output_tokens::float8 AS "outputTokens",
                cached_input_tokens::float8 AS "cachedInputTokens", reasoning_tokens::float8 AS "reasoningTokens",
                cost_micro_usd::float8 AS "costMicroUsd", usage_flag AS "usageFlag", latency_ms AS "latencyMs",
                first_token_ms AS "firstTokenMs", finish_reason AS "finishReason", error_code AS "errorCode", guard, simulated,
                started_at AS "startedAt"
           FROM generation
          WHERE org_id = $1 AND execution_id = $2 AND ($3::text IS NULL OR step_path = $3) AND ($4::uuid IS NULL OR id > $4)
          ORDER BY id LIMIT $5`,
        [orgId, executionId, stepPath ?? null, after, limit + 1],
      );
    });
    return this.codec.page(list, rows, limit, ({ id, startedAt }) => ({ id, at: startedAt.toISOString() }));
  }
}
