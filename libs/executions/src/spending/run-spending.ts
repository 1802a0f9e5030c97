/** `wait`: a step that meets an exhausted budget waits for money. `fail`: it fails as `budget.exhausted`. */
export const ON_BUDGET = ['wait', 'fail'] as const;

export type OnBudget = (typeof ON_BUDGET)[number];

/** What a run may spend on models, and what happens when that is not enough. */
export interface RunSpending {
  /** Its own budget or that of the run at the top of its family; null when none was given. */
  readonly budgetMicroUsd: number | null;
  /** The run at the top of the family, from whose budget it draws; null for itself. */
  readonly budgetExecutionId: string | null;
  readonly onBudget: OnBudget;
}

export const PLAIN_SPENDING: RunSpending = { budgetMicroUsd: null, budgetExecutionId: null, onBudget: 'wait' };

/** These fields alone, of a row that has more. */
export function spendingOf({ budgetMicroUsd, budgetExecutionId, onBudget }: RunSpending): RunSpending {
  return { budgetMicroUsd, budgetExecutionId, onBudget };
}

/** A run that another one starts draws from the same budget. */
export function inheritedSpending(executionId: string, parent: RunSpending): RunSpending {
  return { ...parent, budgetExecutionId: parent.budgetExecutionId ?? executionId };
}
