import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { SpendingLimitsService } from '../budgets/spending-limits.service.js';
import { RateLimits, type RateState } from '../rate-limits/rate-limits.js';
import { type UsageOfDay, type UsageOfOne, UsageReadModel, type WindowRow } from './usage.read-model.js';

/** One present window and what it allows. */
export interface SpendingWindow {
  readonly scope: WindowRow['scope'];
  /** Null: no limit. For the balance: what was paid in. */
  readonly limitMicroUsd: number | null;
  readonly spentMicroUsd: number;
  readonly reservedMicroUsd: number;
  /** Null for the balance, which never begins anew. */
  readonly resetsAt: Date | null;
}

export interface UsageReport {
  readonly windows: readonly SpendingWindow[];
  readonly rates: RateState;
  readonly byDay: readonly UsageOfDay[];
  readonly byModel: readonly UsageOfOne[];
  readonly byAgent: readonly UsageOfOne[];
  readonly byUser: readonly UsageOfOne[];
}

/** What the organisation uses, for people who pay for it. */
@Injectable()
export class UsageReportService {
  constructor(
    private readonly usage: UsageReadModel,
    private readonly limits: SpendingLimitsService,
    private readonly rates: RateLimits,
  ) {}

  /** @param days how far back, today included */
  async report(days: number): Promise<UsageReport> {
    const { orgId, userId } = currentPrincipal();
    return {
      windows: await this.windows(userId),
      rates: await this.rates.stateOf({ orgId, userId }),
      byDay: await this.usage.byDay(days),
      byModel: await this.usage.byModel(days),
      byAgent: await this.usage.byAgent(days),
      byUser: await this.usage.byUser(days),
    };
  }

  private async windows(userId: string): Promise<SpendingWindow[]> {
    const limits = await this.limits.get();
    const rows = new Map((await this.usage.windows(userId)).map((row) => [row.scope, row]));
    const now = new Date();
    const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
    const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
    const window = (
      scope: WindowRow['scope'],
      limitMicroUsd: number | null,
      resetsAt: number | null,
    ): SpendingWindow => ({
      scope,
      limitMicroUsd,
      spentMicroUsd: rows.get(scope)?.spentMicroUsd ?? 0,
      reservedMicroUsd: rows.get(scope)?.reservedMicroUsd ?? 0,
      resetsAt: resetsAt === null ? null : new Date(resetsAt),
    });
    return [
      ...(limits.prepaid ? [window('balance', rows.get('balance')?.creditedMicroUsd ?? 0, null)] : []),
      window('user_day', limits.userDayMicroUsd, day),
      window('org_day', limits.orgDayMicroUsd, day),
      window('org_month', limits.orgMonthMicroUsd, month),
    ];
  }
}
