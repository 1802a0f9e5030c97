import type { StepResult } from '../node-kind.js';
import type { Usage } from '../run-host.js';
import { StepError } from '../step-error.js';

/** A call that hears of its end says at once what it has cost; what does not hear of it is not waited for longer. */
const PATIENCE_MS = 100;

/** What a node has cost whose work was just aborted, as its error or its late result says. Never rejects. */
export function usageOfCutOff(work: Promise<StepResult>): Promise<Usage | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS, undefined);
    const settle = (usage: Usage | undefined): void => {
      clearTimeout(timer);
      resolve(usage);
    };
    work.then(
      ({ usage }) => settle(usage),
      (error: unknown) => settle(error instanceof StepError ? error.usage : undefined),
    );
  });
}
