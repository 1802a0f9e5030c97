/** What may keep a call from being paid, from the narrowest: a run, a person's day, an organisation's day and month, what it has paid in. */
export const BUDGET_SCOPES = ['run', 'user_day', 'org_day', 'org_month', 'balance'] as const;

export type BudgetScope = (typeof BUDGET_SCOPES)[number];

/** A model call before it is made, as far as money is concerned. Amounts are integer micro-USD. */
export interface CallToReserve {
  readonly orgId: string;
  /** Whose day it is paid from; null when nobody asked for the run. */
  readonly userId: string | null;
  readonly executionId: string;
  /** The hold on the run that the reservation belongs to. */
  readonly attempt?: number;
  /** The run whose budget it draws from; the run itself when absent. */
  readonly budgetExecutionId?: string;
  /** What that run may spend; null: what the organisation lets any run spend. */
  readonly runBudgetMicroUsd: number | null;
  /** The most that the call can cost. */
  readonly amountMicroUsd: number;
}

/** Money that is set aside until it is settled or released. */
export interface Reservation {
  /** UUIDv7; empty for a call that is known to cost nothing, which reserves nothing. */
  readonly id: string;
  readonly amountMicroUsd: number;
}

/** How a reservation ends. */
export interface Settlement {
  readonly reservationId: string;
  /** What the call cost; null: nothing was asked of the provider, so nothing is owed. */
  readonly amountMicroUsd: number | null;
}
