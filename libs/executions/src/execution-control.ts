import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { LiveBus } from '#platform/events';
import { CANCEL_CHANNEL } from './cancel-channel.js';
import { isConversation } from './conversation-vars.js';
import { isFinal, isRetryable } from './execution-status.js';
import { ExecutionTakeover } from './execution-takeover.js';
import { alreadyFinished, executionNotFound, notRetryable } from './executions.errors.js';
import { ExecutionsRepository } from './executions.repository.js';
import { ResumedRuns } from './resumed-runs.js';
import { RunAcceptance } from './run-acceptance.js';
import { spendingOf } from './spending/run-spending.js';

/** What people do to a run that was accepted: stop it, or try its unfinished part again. */
@Injectable()
export class ExecutionControl {
  constructor(
    private readonly executions: ExecutionsRepository,
    private readonly resumedRuns: ResumedRuns,
    private readonly acceptance: RunAcceptance,
    private readonly takeover: ExecutionTakeover,
    private readonly bus: LiveBus,
  ) {}

  /**
   * A run that waits, for a worker or for anything else, is taken and ended here, so that its log has its end; a running one ends as soon as
   * its owner hears of it: at once through the bus, otherwise with its next heartbeat.
   * @throws AppError not found · already finished
   */
  async cancel(id: string): Promise<void> {
    const execution = await this.executions.findById(id);
    if (!execution) throw executionNotFound();
    if (isFinal(execution.status)) throw alreadyFinished();
    await this.executions.requestCancel(id);
    if (!(await this.takeover.take(id, true))) this.bus.publish(CANCEL_CHANNEL, id);
  }

  /**
   * A new run on the same version and input, which takes over the finished steps, what was answered and what was done to
   * the outside world, and goes on where the old one failed.
   * @returns the new run's id
   * @throws AppError not found · not retryable
   */
  async retry(id: string): Promise<string> {
    const failed = await this.executions.findById(id);
    if (!failed) throw executionNotFound();
    if (!isRetryable(failed.status)) throw notRetryable();
    const executionId = newId();
    const row = this.acceptance.row({
      agentId: failed.agentId,
      versionId: failed.versionId,
      version: failed.version,
      mode: 'background',
      // A turn of a conversation stays one: its steps see the same `vars`.
      trigger: isConversation(failed.trigger) ? failed.trigger : 'retry',
      input: failed.input,
      ...(failed.large?.input && { inputReference: failed.large.input }),
      metadata: failed.metadata,
      retryOf: failed.id,
      spending: spendingOf(failed),
    });
    await this.acceptance.enqueue(executionId, row, await this.resumedRuns.carryOver(id));
    return executionId;
  }
}
