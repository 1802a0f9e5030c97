/** What model work may cost: money set aside and settled, budgets, rates per minute, the ledger and what was used. */
export { BillingApiModule } from './billing-api.module.js';
export { BillingHousekeeping } from './billing-housekeeping.js';
export { BillingModule } from './billing.module.js';
export { BudgetExhausted, type ExhaustedBudget } from './escrow/budget-exhausted.js';
export { Escrow } from './escrow/escrow.js';
export type { CallToReserve, Reservation } from './escrow/reservation.js';
export { microUsd } from './micro-usd.js';
export { RateLimited } from './rate-limits/rate-limited.decorator.js';
export { RateLimits } from './rate-limits/rate-limits.js';
export type { RateSubject, TokenHold } from './rate-limits/rate-window.js';
