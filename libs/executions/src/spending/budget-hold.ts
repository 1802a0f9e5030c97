import { type BudgetExhausted } from '#billing';
import { StepError } from '#kernel';
import { currentAmbient } from '#platform/context';
import type { CurrentRun } from '../current-run.js';

/** What a held step's wait is about; the room that is asked for is found by these fields. */
export interface HeldCall {
  readonly budget: BudgetExhausted['budget'];
  readonly subjectId: string;
  readonly limitMicroUsd: number;
  readonly neededMicroUsd: number;
  /** RFC 3339; null when only a person can make room. */
  readonly resetsAt: string | null;
}

/** In the kernel's words: a step of a run that waits for money waits, one of any other run fails. */
export function budgetStepError(error: BudgetExhausted): StepError {
  const { code, message, budget, subjectId, limitMicroUsd, neededMicroUsd, resetsAt } = error;
  const held: HeldCall = {
    budget,
    subjectId,
    limitMicroUsd,
    neededMicroUsd,
    resetsAt: resetsAt?.toISOString() ?? null,
  };
  const run = currentAmbient()?.run as CurrentRun | undefined;
  return new StepError({
    code,
    message,
    retryable: false,
    cause: error,
    ...(run?.onBudget !== 'fail' && {
      hold: { title: message, payload: held, ...(resetsAt !== null && { dueAt: resetsAt.getTime() }) },
    }),
  });
}
