import type { CallOptions } from '#providers';
import type { GuardAction } from '../guards/guard-verdict.js';

/** A model call of a run, made in the ambient organisation. */
export interface ModelCallRequest {
  /** `provider/model`. */
  readonly model: string;
  /** Asked in this order when it fails; the organisation's when there are none. */
  readonly fallbackModels?: readonly string[];
  readonly options: Omit<CallOptions, 'signal'>;
  /** What is done about texts that look like an attempt to steer the model; the organisation decides when absent. */
  readonly guard?: GuardAction;
  readonly stepPath: string;
  /** Which logical call of the step, from 0. */
  readonly call: number;
  readonly promptId?: string;
  readonly promptVersion?: string;
  readonly payer: CallPayer;
}

/** Who pays, and who is counted. */
export interface CallPayer {
  readonly executionId: string;
  /** The hold on the run that makes the call. */
  readonly attempt?: number;
  readonly userId: string | null;
  /** The run whose budget it draws from; the run itself when absent. */
  readonly budgetExecutionId?: string;
  readonly runBudgetMicroUsd: number | null;
}
