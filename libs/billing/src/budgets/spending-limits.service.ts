import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import { OrgDatabase } from '#tenancy';
import { limitsChanged } from '../billing.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { SpendingLimitsRepository, type SpendingLimitValues } from './spending-limits.repository.js';

/** Limits at a revision; 0: nobody has decided anything yet, so the presets of the installation hold. */
export interface LimitsAtRevision extends SpendingLimitValues {
  readonly revision: number;
}

@Injectable()
export class SpendingLimitsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly limits: SpendingLimitsRepository,
    private readonly ledger: LedgerRepository,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  async get(): Promise<LimitsAtRevision> {
    return (await this.limits.find()) ?? this.presets();
  }

  /**
   * Replaces all limits; what waits for money looks again within a second. An organisation that begins to pay in
   * advance begins at zero, whatever it has spent before.
   * @throws AppError billing.limits_changed (412)
   */
  async save(values: SpendingLimitValues, expectedRevision: number | null): Promise<LimitsAtRevision> {
    return this.database.transaction(async () => {
      const wasPrepaid = (await this.get()).prepaid;
      if (!(await this.limits.save(values, expectedRevision))) throw limitsChanged();
      if (values.prepaid && !wasPrepaid) await this.ledger.forgiveDebt();
      return this.get();
    });
  }

  private presets(): LimitsAtRevision {
    return {
      prepaid: false,
      orgDayMicroUsd: null,
      orgMonthMicroUsd: null,
      userDayMicroUsd: this.settings.billing.userDayMicroUsd,
      runMicroUsd: null,
      revision: 0,
    };
  }
}
