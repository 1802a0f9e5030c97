import { Global, Module } from '@nestjs/common';
import { BillingHousekeeping } from './billing-housekeeping.js';
import { SpendingLimitsRepository } from './budgets/spending-limits.repository.js';
import { SpendingLimitsService } from './budgets/spending-limits.service.js';
import { Escrow } from './escrow/escrow.js';
import { ReservationsRepository } from './escrow/reservations.repository.js';
import { LedgerRepository } from './ledger/ledger.repository.js';
import { TopUpsService } from './ledger/top-ups.service.js';
import { OrgPlans } from './rate-limits/org-plans.js';
import { RateLimitInterceptor } from './rate-limits/rate-limit.interceptor.js';
import { RateLimits } from './rate-limits/rate-limits.js';
import { RateWindowsRepository } from './rate-limits/rate-windows.repository.js';
import { UsageReportService } from './usage/usage-report.service.js';
import { UsageReadModel } from './usage/usage.read-model.js';

/** Money and limits without their doors. Global, so that any door may be rate limited by one line. */
@Global()
@Module({
  providers: [
    BillingHousekeeping,
    Escrow,
    LedgerRepository,
    OrgPlans,
    RateLimitInterceptor,
    RateLimits,
    RateWindowsRepository,
    ReservationsRepository,
    SpendingLimitsRepository,
    SpendingLimitsService,
    TopUpsService,
    UsageReadModel,
    UsageReportService,
  ],
  exports: [
    BillingHousekeeping,
    Escrow,
    LedgerRepository,
    RateLimitInterceptor,
    RateLimits,
    SpendingLimitsService,
    TopUpsService,
    UsageReportService,
  ],
})
export class BillingModule {}
