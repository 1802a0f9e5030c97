import { Injectable } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { ChildRuns, type ChildToStart } from './child-runs.js';
import { OrphansRepository } from './orphans.repository.js';
import { RunWaker } from './waits/run-waker.js';
import { WaitAnswers } from './waits/wait-answers.js';

/** Bounds one round; the reconciler goes on. */
const ROUND_LIMIT = 500;

/** Its process has had this long to accept the run that a step waits for. */
const MISSING_AFTER_MS = 5_000;

/** What a run means for the one above it and for those below it. */
@Injectable()
export class RunFamily {
  constructor(
    private readonly children: ChildRuns,
    private readonly answers: WaitAnswers,
    private readonly orphans: OrphansRepository,
    private readonly waker: RunWaker,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Never rejects. */
  start(child: ChildToStart): Promise<void> {
    return this.children.start(child);
  }

  /** The run has ended: the step that waits for it gets its answer. Never rejects. */
  async tellParent(executionId: string): Promise<void> {
    await this.answers.ended(executionId).catch((error: unknown) => this.leave(error, executionId));
  }

  /** The run has ended: what it started and did not wait for any more ends too. Never rejects. */
  async cancelBelow(executionId: string): Promise<void> {
    await this.cancelOrphans(executionId).catch((error: unknown) => this.leave(error, executionId));
  }

  /** One round over all runs, for whatever got lost between two processes. */
  async reconcile(): Promise<void> {
    await this.answers.allEnded();
    for (const child of await this.orphans.findMissing(ROUND_LIMIT, MISSING_AFTER_MS)) await this.children.start(child);
    await this.cancelOrphans(null);
  }

  private async cancelOrphans(parentId: string | null): Promise<void> {
    await this.waker.stop(await this.orphans.cancel(ROUND_LIMIT, parentId));
  }

  private leave(error: unknown, executionId: string): void {
    this.logger.warn({ err: error, executionId }, 'runs above or below were not told; the reconciler will');
  }
}
