import type { ModelCallRecord } from '#models';
import { currentAmbient } from '#platform/context';
import type { OnBudget } from './spending/run-spending.js';

/** The attempt at a run that the running code works for: what a model call must know in order to be paid for and recorded. */
export interface CurrentRun {
  readonly orgId: string;
  readonly executionId: string;
  readonly attempt: number;
  readonly agentId: string;
  readonly agentVersion: number;
  /** Whose daily money it spends; null for a run that nobody asked for. */
  readonly userId: string | null;
  /** The run whose budget it draws from, itself or the one at the top of its family, and that budget if it was given one. */
  readonly budget: { readonly executionId: string; readonly limitMicroUsd: number | null };
  /** What an exhausted budget does to it. */
  readonly onBudget: OnBudget;
  /** A model is being asked, and its record will come. @returns to be called when it is over */
  beginCall(): () => void;
  /** Keeps what became of one attempt at a provider; also after the run has ended or was lost. */
  recordCall(record: ModelCallRecord): void;
}

/** The run that the code works for. @throws Error outside of one, which is a mistake in our code */
export function currentRun(): CurrentRun {
  const run = currentAmbient()?.run as CurrentRun | undefined;
  if (!run) throw new Error('This code works for no run. Models are called from the steps of one.');
  return run;
}
