import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import type { DatedPrice } from '#providers';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ModelVersion } from './model-version.entity.js';

/** Bounds the snapshot of an organisation that every process keeps. */
export const MOST_MODEL_VERSIONS = 500;

export interface ModelVersionValues {
  readonly enabled: boolean;
  readonly label: string | null;
  readonly contextWindow: number | null;
  readonly maxOutputTokens: number | null;
  readonly prices: readonly DatedPrice[];
}

@Injectable()
export class ModelVersionsRepository extends OrgScopedRepository<ModelVersion> {
  constructor(database: OrgDatabase) {
    super(database, ModelVersion);
  }

  findAll(): Promise<ModelVersion[]> {
    return this.findMany({ order: { model: 'ASC' }, take: MOST_MODEL_VERSIONS });
  }

  findByModel(model: string): Promise<ModelVersion | null> {
    return this.findFirst({ model });
  }

  /**
   * Replaces what is said about a model if that is still at `expectedRevision`; null: whatever it is at, 0: nothing was said.
   * @returns whether it was, and whether there was room
   */
  async save(model: string, values: ModelVersionValues, expectedRevision: number | null): Promise<boolean> {
    const rows = await this.statement<{ id: string }>(
      `INSERT INTO model_version AS mine (id, org_id, model, enabled, label, context_window, max_output_tokens, prices)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8::jsonb
        WHERE EXISTS (SELECT 1 FROM model_version WHERE org_id = $2 AND model = $3)
           OR (coalesce($9::int, 0) = 0 AND (SELECT count(*) FROM model_version WHERE org_id = $2) < ${MOST_MODEL_VERSIONS})
       ON CONFLICT (org_id, model) DO UPDATE SET enabled = EXCLUDED.enabled, label = EXCLUDED.label,
         context_window = EXCLUDED.context_window, max_output_tokens = EXCLUDED.max_output_tokens, prices = EXCLUDED.prices,
         revision = mine.revision + 1, updated_at = now()
        WHERE $9::int IS NULL OR mine.revision = $9::int
       RETURNING id`,
      [
        newId(),
        this.filter(),
        model,
        values.enabled,
        values.label,
        values.contextWindow,
        values.maxOutputTokens,
        JSON.stringify(values.prices),
        expectedRevision,
      ],
    );
    return rows.length > 0;
  }

  /** @returns whether anything had been said */
  async remove(model: string): Promise<boolean> {
    return (await this.deleteRows({ model })) > 0;
  }
}
