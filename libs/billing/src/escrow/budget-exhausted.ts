import type { BudgetScope } from './reservation.js';

/** Which budget stood in the way; `tokens_minute` is the plan's rate of tokens. */
export type ExhaustedBudget = BudgetScope | 'tokens_minute';

export interface BudgetExhaustedDetails {
  readonly budget: ExhaustedBudget;
  /** Whose: the organisation, the person or the run. */
  readonly subjectId: string;
  /** What it allows in its window; tokens for `tokens_minute`. */
  readonly limitMicroUsd: number;
  /** What the call would have set aside; tokens for `tokens_minute`. */
  readonly neededMicroUsd: number;
  /** When its window ends; null for one that only a person can raise. */
  readonly resetsAt: Date | null;
}

/** A model call that may not be paid for. Nothing was reserved and nothing was sent. */
export class BudgetExhausted extends Error {
  override readonly name = 'BudgetExhausted';
  readonly code = 'budget.exhausted';
  readonly budget: ExhaustedBudget;
  readonly subjectId: string;
  readonly limitMicroUsd: number;
  readonly neededMicroUsd: number;
  readonly resetsAt: Date | null;

  constructor(details: BudgetExhaustedDetails) {
    super(messageOf(details));
    this.budget = details.budget;
    this.subjectId = details.subjectId;
    this.limitMicroUsd = details.limitMicroUsd;
    this.neededMicroUsd = details.neededMicroUsd;
    this.resetsAt = details.resetsAt;
  }
}

const NAMES: Readonly<Record<ExhaustedBudget, string>> = {
  run: 'The budget of this run',
  user_day: 'The daily budget of the person who started this run',
  org_day: 'The daily budget of your organisation',
  org_month: 'The monthly budget of your organisation',
  balance: 'The prepaid balance of your organisation',
  tokens_minute: 'The tokens per minute of your plan',
};

function messageOf({ budget, limitMicroUsd, neededMicroUsd, resetsAt }: BudgetExhaustedDetails): string {
  const amount = budget === 'tokens_minute' ? (tokens: number) => `${tokens} tokens` : dollars;
  const advice = budget === 'balance' ? 'Top it up to go on.' : 'Raise it to go on.';
  const until = resetsAt === null ? advice : `It begins anew at ${resetsAt.toISOString()}.`;
  return `${NAMES[budget]} (${amount(limitMicroUsd)}) has no room for a model call of up to ${amount(neededMicroUsd)}. ${until}`;
}

/** Micro-USD as people read them: `$0.0042`. */
export function dollars(microUsd: number): string {
  const text = (microUsd / 1_000_000).toFixed(6).replace(/0{1,4}$/, '');
  return `$${text}`;
}
