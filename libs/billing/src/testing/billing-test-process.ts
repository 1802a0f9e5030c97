import { migrations } from '#migrations';
import type { Settings } from '#platform/config';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import { createLogger } from '#platform/logging';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { Escrow } from '../escrow/escrow.js';
import { ReservationsRepository } from '../escrow/reservations.repository.js';
import { OrgPlans, type PlanName } from '../rate-limits/org-plans.js';
import { RateLimits } from '../rate-limits/rate-limits.js';
import { RateWindowsRepository } from '../rate-limits/rate-windows.repository.js';

/** Limits that a test gives an organisation; absent ones are none. */
export interface TestLimits {
  readonly prepaid?: boolean;
  /** What has been paid in. */
  readonly credited?: number;
  readonly orgDay?: number;
  readonly orgMonth?: number;
  readonly userDay?: number | null;
  readonly run?: number;
}

/** One process that pays for model calls, on a real database and without its doors. */
export class BillingTestProcess {
  readonly escrow: Escrow;
  readonly limits: RateLimits;

  private constructor(
    readonly database: Database,
    readonly orgs: OrgDatabase,
    private readonly settings: Settings,
  ) {
    const logger = createLogger('silent');
    this.escrow = new Escrow(new ReservationsRepository(orgs), settings, logger);
    this.limits = new RateLimits(new OrgPlans(orgs), new RateWindowsRepository(orgs), settings, logger);
  }

  static async start(
    testDatabase: TestDatabase,
    environment: Record<string, string> = {},
  ): Promise<BillingTestProcess> {
    const database = await testDatabase.open(migrations, environment);
    const settings = testDatabase.settings(environment);
    return new BillingTestProcess(database, new OrgDatabase(database), settings);
  }

  /** One more of everything on the same database: embedded there is only the one process. */
  beside(): BillingTestProcess {
    return new BillingTestProcess(this.database, this.orgs, this.settings);
  }

  query = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> =>
    this.orgs.acrossOrgsStatement<R>('a test looks at the rows', sql, parameters);

  /** A new organisation. @returns its id */
  async addOrg(limits: TestLimits = {}, plan: PlanName = 'free'): Promise<string> {
    const orgId = newId();
    await this.query(`INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $2, $3)`, [
      orgId,
      orgId,
      plan,
    ]);
    await this.query(
      `INSERT INTO spending_limit (id, org_id, prepaid, org_day_micro_usd, org_month_micro_usd, user_day_micro_usd, run_micro_usd)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        newId(),
        orgId,
        limits.prepaid ?? false,
        limits.orgDay ?? null,
        limits.orgMonth ?? null,
        limits.userDay ?? null,
        limits.run ?? null,
      ],
    );
    if (limits.credited !== undefined) await this.topUp(orgId, limits.credited);
    return orgId;
  }

  async topUp(orgId: string, amount: number): Promise<void> {
    await this.query(
      `INSERT INTO budget (org_id, scope, subject, starts_on, credited_micro_usd) VALUES ($1, 'balance', $1, '1970-01-01', $2)
       ON CONFLICT (org_id, scope, subject, starts_on) DO UPDATE SET credited_micro_usd = budget.credited_micro_usd + excluded.credited_micro_usd`,
      [orgId, amount],
    );
    await this.query(`INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd) VALUES ($1, $2, 'top_up', $3)`, [
      newId(),
      orgId,
      amount,
    ]);
  }

  as<T>(orgId: string, work: () => T): T {
    return OrgContext.run(orgId, work);
  }
}
