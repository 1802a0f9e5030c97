import { Injectable } from '@nestjs/common';
import { currentPrincipal } from '#auth';
import { notPrepaid } from '../billing.errors.js';
import { SpendingLimitsService } from '../budgets/spending-limits.service.js';
import type { LedgerEntryRow } from './ledger-entry.js';
import { LedgerRepository } from './ledger.repository.js';

/** Pays in to the prepaid balance; runs that wait for it go on within a second. */
@Injectable()
export class TopUpsService {
  constructor(
    private readonly limits: SpendingLimitsService,
    private readonly ledger: LedgerRepository,
  ) {}

  /** @throws AppError billing.not_prepaid */
  async create({ amountMicroUsd, note }: { amountMicroUsd: number; note?: string }): Promise<LedgerEntryRow> {
    if (!(await this.limits.get()).prepaid) throw notPrepaid();
    return this.ledger.topUp(amountMicroUsd, currentPrincipal().userId, note ?? null);
  }
}
