import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ModelPolicy } from './model-policy.entity.js';
import type { ModelPolicyValues } from './model-policy.js';

@Injectable()
export class ModelPoliciesRepository extends OrgScopedRepository<ModelPolicy> {
  constructor(database: OrgDatabase) {
    super(database, ModelPolicy);
  }

  /** Null where the organisation has decided nothing. */
  find(): Promise<ModelPolicy | null> {
    return this.findFirst({});
  }

  /**
   * Replaces the policy if it is still at `expectedRevision`; null: whatever it is at, 0: there was none.
   * @returns whether it was
   */
  async save(values: ModelPolicyValues, expectedRevision: number | null): Promise<boolean> {
    const rows = await this.statement<{ id: string }>(
      `INSERT INTO model_policy AS mine (id, org_id, fallback_models, allowed_models, unknown_price, guard_action, guard_threshold)
       SELECT $1, $2, $3::jsonb, $4::jsonb, $5, $6, $7
        WHERE $8::int IS NULL OR $8::int = 0 OR EXISTS (SELECT 1 FROM model_policy WHERE org_id = $2)
       ON CONFLICT (org_id) DO UPDATE SET fallback_models = EXCLUDED.fallback_models, allowed_models = EXCLUDED.allowed_models,
         unknown_price = EXCLUDED.unknown_price, guard_action = EXCLUDED.guard_action, guard_threshold = EXCLUDED.guard_threshold,
         revision = mine.revision + 1, updated_at = now()
        WHERE $8::int IS NULL OR mine.revision = $8::int
       RETURNING id`,
      [
        newId(),
        this.filter(),
        JSON.stringify(values.fallbackModels),
        values.allowedModels === null ? null : JSON.stringify(values.allowedModels),
        values.unknownPrice,
        values.guardAction,
        values.guardThreshold,
        expectedRevision,
      ],
    );
    return rows.length > 0;
  }
}
