import { AgentVersions } from '#agents';
import { type Failure, validateInput, type WaitRequest } from '#kernel';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';
import { AppError } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { invalidInput, RunLostError } from './executions.errors.js';
import { RunAcceptance } from './run-acceptance.js';
import { inheritedSpending, type RunSpending } from './spending/run-spending.js';
import { WaitAnswers } from './waits/wait-answers.js';

/** Runs below runs below runs: an agent that calls itself ends here. */
export const MAX_DEPTH = 8;

/** A run that a step of another one waits for. */
export interface ChildToStart {
  readonly waitId: string;
  /** The id that the child will have, minted with the wait: starting it twice starts it once. */
  readonly runId: string;
  readonly orgId: string;
  readonly parent: {
    readonly executionId: string;
    readonly path: string;
    readonly depth: number;
    readonly createdByUserId: string | null;
    readonly spending: RunSpending;
  };
  readonly run: NonNullable<WaitRequest['run']>;
}

/** Starts the runs that steps wait for. The wait is committed before, so what fails here is made good by the reconciler. */
@Injectable()
export class ChildRuns {
  constructor(
    private readonly agentVersions: AgentVersions,
    private readonly acceptance: RunAcceptance,
    private readonly answers: WaitAnswers,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** A child that can never start is an answer to the step that waits for it. Never rejects. */
  async start(child: ChildToStart): Promise<void> {
    const { orgId, waitId, runId } = child;
    await runWith({ orgId: undefined, acrossOrgs: undefined, transaction: undefined }, () =>
      OrgContext.run(orgId, async () => {
        const failure = await this.accept(child);
        if (failure) await this.answers.give(waitId, { decision: 'failed', error: failure }, null);
      }),
    ).catch((error: unknown) => {
      this.logger.warn({ err: error, executionId: runId }, 'a run could not be started yet; the reconciler will');
    });
  }

  /** @returns why it cannot be started, if so; the agent is looked for in the organisation of the parent only */
  private async accept({ runId, parent, run }: ChildToStart): Promise<Failure | null> {
    const depth = parent.depth + 1;
    if (depth > MAX_DEPTH) return TOO_DEEP;
    try {
      const target = await this.agentVersions.resolve(run.agentId, run.version);
      const problems = validateInput(target.plan, run.input);
      if (problems.length > 0) throw invalidInput(problems);
      const row = this.acceptance.row({
        ...target,
        mode: 'background',
        trigger: 'agent',
        input: run.input,
        parent: { executionId: parent.executionId, path: parent.path, depth },
        createdByUserId: parent.createdByUserId,
        spending: inheritedSpending(parent.executionId, parent.spending),
      });
      await this.acceptance.enqueue(runId, row);
    } catch (error) {
      if (error instanceof RunLostError) return null;
      if (!(error instanceof AppError) || error.retryable) throw error;
      return { code: error.code, message: describe(error), retryable: false };
    }
    return null;
  }
}

function describe({ message, errors = [] }: AppError): string {
  return [message, ...errors.slice(0, 3).map((each) => `${each.pointer}: ${each.message}`)].join(' ');
}

const TOO_DEEP: Failure = {
  code: 'run.limit_depth',
  message: `Runs may start runs ${MAX_DEPTH} levels deep; this would be one more. Does an agent call itself?`,
  retryable: false,
};
