import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { SpendingLimit } from './spending-limit.entity.js';

export type SpendingLimitValues = Pick<
  SpendingLimit,
  'prepaid' | 'orgDayMicroUsd' | 'orgMonthMicroUsd' | 'userDayMicroUsd' | 'runMicroUsd'
>;

@Injectable()
export class SpendingLimitsRepository extends OrgScopedRepository<SpendingLimit> {
  constructor(database: OrgDatabase) {
    super(database, SpendingLimit);
  }

  /** Null where the organisation has decided nothing. */
  find(): Promise<SpendingLimit | null> {
    return this.findFirst({});
  }

  /**
   * Replaces the limits if they are still at `expectedRevision`; null: whatever they are at, 0: there were none.
   * @returns whether they were
   */
  async save(values: SpendingLimitValues, expectedRevision: number | null): Promise<boolean> {
    const rows = await this.statement<{ id: string }>(
      `INSERT INTO spending_limit AS mine
         (id, org_id, prepaid, org_day_micro_usd, org_month_micro_usd, user_day_micro_usd, run_micro_usd)
       SELECT $1, $2, $3::boolean, $4::bigint, $5::bigint, $6::bigint, $7::bigint
        WHERE $8::int IS NULL OR $8::int = 0 OR EXISTS (SELECT 1 FROM spending_limit WHERE org_id = $2)
       ON CONFLICT (org_id) DO UPDATE SET prepaid = EXCLUDED.prepaid, org_day_micro_usd = EXCLUDED.org_day_micro_usd,
         org_month_micro_usd = EXCLUDED.org_month_micro_usd, user_day_micro_usd = EXCLUDED.user_day_micro_usd,
         run_micro_usd = EXCLUDED.run_micro_usd, revision = mine.revision + 1, updated_at = now()
        WHERE $8::int IS NULL OR mine.revision = $8::int
       RETURNING id`,
      [
        newId(),
        this.filter(),
        values.prepaid,
        values.orgDayMicroUsd,
        values.orgMonthMicroUsd,
        values.userDayMicroUsd,
        values.runMicroUsd,
        expectedRevision,
      ],
    );
    return rows.length > 0;
  }
}
