import {
  type EffectRecord,
  type Failure,
  type Plan,
  RunAborted,
  type RunLimits,
  type RunOutcome,
  type StepRecord,
  type Usage,
  walk,
} from '#kernel';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';
import { InjectLogger, type Logger } from '#platform/logging';
import { ActiveRuns } from './active-runs.js';
import type { CurrentRun } from './current-run.js';
import type { FinalStatus } from './execution-status.js';
import { IdempotencyTakenError, RunLostError } from './executions.errors.js';
import type { AcceptedRun } from './journal/journal-entry.js';
import { callRow } from './journal/call-rows.js';
import { Journal } from './journal/journal.js';
import type { RunEnd } from './run-end.js';
import { RunFollowUps } from './run-follow-ups.js';
import { RunSession } from './run-session.js';
import { RunServices } from './run-services.js';
import { PLAIN_SPENDING, type RunSpending } from './spending/run-spending.js';
import type { KnownWait } from './waits/known-wait.js';

/** One run may take this long before it ends as `timed_out`. */
const MAX_RUN_MS = 60 * 60 * 1000;

/** Bounds that hold for every run; `MAX_RUN_MS` is the one that the kernel does not count. */
const LIMITS: RunLimits = { maxSteps: 20_000, maxOutputBytes: 8 * 1024 * 1024, maxTokens: 5_000_000 };

/** What is needed to walk one attempt of a run. */
export interface Attempt {
  readonly executionId: string;
  readonly orgId: string;
  readonly agentId: string;
  readonly version: number;
  readonly attempt: number;
  readonly input: unknown;
  /** What to walk, or why the run ends without a step. */
  readonly plan: Plan | RunAborted;
  /** Epoch milliseconds at which the run was accepted. */
  readonly acceptedAt: number;
  /** When it last came to wait for a worker; absent for a run that never did. */
  readonly queuedAt?: Date | null;
  readonly accept?: AcceptedRun;
  readonly lastSeq?: number;
  readonly recorded?: ReadonlyMap<string, StepRecord>;
  /** What the model calls of earlier attempts have used. */
  readonly spent?: Usage;
  readonly waits?: readonly KnownWait[];
  readonly seenWakes?: number;
  readonly effects?: readonly EffectRecord[];
  /** The run whose step started this one. */
  readonly parentId?: string | null;
  /** How many runs are above it. */
  readonly depth?: number;
  readonly createdByUserId?: string | null;
  /** No budget of its own when absent. */
  readonly spending?: RunSpending;
  /** What expressions see as `vars`. */
  readonly vars?: Readonly<Record<string, unknown>>;
}

/** A run in this process. */
export interface RunningAttempt {
  readonly session: RunSession;
  /** Resolves with the committed end, or null when the run waits or another process took it over. Rejects when it was never accepted. */
  readonly ended: Promise<RunEnd | null>;
}

/** Walks runs: plan and input in, committed end out. Doors and queue decide when, this decides how. */
@Injectable()
export class ExecutionRunner {
  constructor(
    private readonly journal: Journal,
    private readonly activeRuns: ActiveRuns,
    private readonly services: RunServices,
    private readonly followUps: RunFollowUps,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Begins at once; nothing of the run is visible to anyone before its first commit. */
  start(attempt: Attempt): RunningAttempt {
    const session = new RunSession({
      executionId: attempt.executionId,
      orgId: attempt.orgId,
      attempt: attempt.attempt,
      accept: attempt.accept,
      lastSeq: attempt.lastSeq ?? 0,
      recorded: attempt.recorded ?? new Map(),
      spent: attempt.spent,
      waits: attempt.waits,
      seenWakes: attempt.seenWakes,
      effects: attempt.effects,
      vars: attempt.vars,
      limits: LIMITS,
      services: this.services,
      write: (entry) => this.journal.write(entry),
      published: (chunk) => this.followUps.published(attempt.orgId, chunk),
      isWatched: () => this.followUps.isWatched(attempt.executionId),
      opened: (waits) => this.followUps.opened(attempt, waits),
      lateCalls: (rows) => this.followUps.lateCalls(rows),
    });
    this.activeRuns.add(session);
    const { executionId, orgId } = attempt;
    const surroundings = { executionId, orgId, run: currentRunOf(attempt, session), transaction: undefined };
    const ended = runWith(surroundings, () => this.run(session, attempt));
    return { session, ended };
  }

  private async run(session: RunSession, attempt: Attempt): Promise<RunEnd | null> {
    const deadline = setTimeout(() => session.abort(new RunAborted(TIMED_OUT)), MAX_RUN_MS);
    deadline.unref();
    try {
      if ((attempt.lastSeq ?? 0) === 0)
        session.announce('execution-start', {
          agentId: attempt.agentId,
          version: attempt.version,
          attempt: session.attempt,
        });
      else
        session.announce('execution-resume', {
          attempt: session.attempt,
          ...(attempt.queuedAt && { queuedAt: attempt.queuedAt.toISOString() }),
        });
      const { plan } = attempt;
      const outcome: RunOutcome =
        plan instanceof RunAborted
          ? { status: 'failed', error: plan.failure }
          : await walk(plan, attempt.input, session);
      if (outcome.status === 'waiting') {
        await this.followUps.suspended(attempt, session.waits, await session.suspend());
        return null;
      }
      const hadChildren = session.waits.openWaits.some(({ kind }) => kind === 'run');
      const end = await session.finish(
        outcome.status === 'succeeded' ? 'succeeded' : statusOf(outcome.error),
        outcome.status === 'succeeded' ? { output: outcome.output } : { error: outcome.error },
      );
      await this.followUps.ended(attempt, end, hadChildren);
      return end;
    } catch (error) {
      if (error instanceof IdempotencyTakenError) throw error;
      if (attempt.accept && session.unborn) throw error;
      if (error instanceof RunLostError) {
        this.activeRuns.lost(session);
        this.logger.info({ attempt: session.attempt }, 'run handed over to another attempt');
      } else
        this.logger.error({ err: error, attempt: session.attempt }, 'run stopped; the reconciler will start it again');
      return null;
    } finally {
      clearTimeout(deadline);
      session.dispose();
      this.activeRuns.remove(session);
    }
  }
}

function currentRunOf(attempt: Attempt, session: RunSession): CurrentRun {
  const { orgId, executionId, agentId, version: agentVersion, createdByUserId: userId = null } = attempt;
  const { budgetMicroUsd: limitMicroUsd, budgetExecutionId, onBudget } = attempt.spending ?? PLAIN_SPENDING;
  return {
    orgId,
    executionId,
    attempt: attempt.attempt,
    agentId,
    agentVersion,
    userId,
    budget: { executionId: budgetExecutionId ?? executionId, limitMicroUsd },
    onBudget,
    beginCall: () => session.beginCall(),
    recordCall: (record) => {
      const { inputTokens, outputTokens, cachedInputTokens, costMicroUsd } = record;
      const row = callRow(record, { executionId, agentId, agentVersion, userId });
      session.recordCall(row, { inputTokens, outputTokens, cachedInputTokens, costMicroUsd });
    },
  };
}

const TIMED_OUT = {
  code: 'run.timed_out',
  message: 'The run took longer than an hour and was ended.',
  retryable: true,
};

/** A step may fail because a run below it was cancelled or took too long; that is a failure of this one. */
function statusOf({ code, stepId }: Failure): FinalStatus {
  if (stepId !== undefined) return 'failed';
  if (code === 'run.cancelled') return 'cancelled';
  return code === 'run.timed_out' ? 'timed_out' : 'failed';
}
