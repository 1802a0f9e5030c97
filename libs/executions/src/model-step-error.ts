import { BudgetExhausted } from '#billing';
import { StepError, type Usage } from '#kernel';
import { AppError } from '#platform/errors';
import { ModelCallError, ProviderError } from '#providers';
import { budgetStepError } from './spending/budget-hold.js';

/**
 * What a model call failed with, in the kernel's words. An abort says no more than what the call has cost: why, the walk
 * knows itself.
 * @param usage what the attempts have cost all the same
 */
export function modelStepError(error: unknown, signal: AbortSignal, usage: Usage | undefined): unknown {
  if (signal.aborted) return usage === undefined ? error : cutOff(error, usage);
  if (error instanceof BudgetExhausted) return budgetStepError(error);
  if (error instanceof ProviderError || error instanceof AppError) {
    const { code, message, retryable } = error;
    const retryAfterMs = error instanceof ModelCallError ? error.retryAfterMs : undefined;
    return new StepError({
      code,
      message,
      retryable,
      cause: error,
      ...(usage && { usage }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  }
  return error;
}

function cutOff(cause: unknown, usage: Usage): StepError {
  return new StepError({ code: 'step.aborted', message: 'The call was cut off.', retryable: false, usage, cause });
}
