import type { StepContext, StepResult } from '../node-kind.js';
import { StepError } from '../step-error.js';

export interface AgentToRun {
  readonly agentId: string;
  readonly version?: number;
}

/**
 * Runs another agent below this step and waits for it without keeping a worker. Each try of the step is a run of its
 * own: the one before has ended.
 *
 * @throws StepError with the error of the other run
 */
export async function runAgent(agent: AgentToRun, input: unknown, context: StepContext): Promise<StepResult> {
  const { tryNumber } = context;
  context.showInput({ ...agent, input });
  const { decision, data, error } = await context.wait({
    kind: 'run',
    key: tryNumber === 1 ? 'run' : `run~${tryNumber}`,
    title: 'Waits for the run of another agent',
    run: { ...agent, input: input ?? null },
  });
  if (decision === 'succeeded') return { output: data ?? null };
  throw new StepError({
    code: error?.code ?? `run.${decision}`,
    message: error?.message ?? `The run of the other agent ended as “${decision}”.`,
    retryable: error?.retryable ?? false,
  });
}
