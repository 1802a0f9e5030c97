import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

export type PlanName = 'free' | 'basic' | 'pro' | 'enterprise';

/** Plans change by hand and seldom. */
const KEPT_MS = 10_000;

/** Bounds what is remembered. */
const MAX_KEPT = 10_000;

/** Which plan an organisation is on, near enough to decide about limits without asking for each request. */
@Injectable()
export class OrgPlans {
  private readonly kept = new Map<string, { readonly plan: Promise<PlanName>; readonly until: number }>();

  constructor(private readonly database: OrgDatabase) {}

  /** An organisation that is not there is on the narrowest plan. */
  async of(orgId: string): Promise<PlanName> {
    const known = this.kept.get(orgId);
    if (known && known.until > Date.now()) return known.plan;
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    const plan = this.read(orgId);
    this.kept.set(orgId, { plan, until: Date.now() + KEPT_MS });
    plan.catch(() => this.kept.delete(orgId));
    return plan;
  }

  private async read(orgId: string): Promise<PlanName> {
    const [row] = await this.database.acrossOrgsStatement<{ plan: PlanName }>(
      'limits go by the plan of whoever asks',
      `SELECT plan FROM organization WHERE id = $1`,
      [orgId],
    );
    return row?.plan ?? 'free';
  }
}
