import { Injectable } from '@nestjs/common';
import { InjectSettings, type Settings } from '#platform/config';
import type { BlockerResponse, WhyResponse } from '../dto/why-response.dto.js';
import { isFinal, isRetryable } from '../execution-status.js';
import { type ExecutionsQueue, InjectExecutionsQueue } from '../executions.queue.js';
import { WaitsReadModel } from '../waits/waits.read-model.js';
import { concurrencyBlocker, leaseBlocker, stepBlocker, waitBlocker } from './blockers.js';
import { type RunSituation, RunSituationReadModel } from './run-situation.read-model.js';

/** Says in plain words what a run is at, what keeps it from going on, and what can be done about it. */
@Injectable()
export class ExecutionWhy {
  constructor(
    private readonly situations: RunSituationReadModel,
    private readonly waits: WaitsReadModel,
    @InjectExecutionsQueue() private readonly queue: ExecutionsQueue,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** @throws AppError not found */
  async explain(executionId: string): Promise<WhyResponse> {
    const run = await this.situations.get(executionId);
    if (isFinal(run.status)) return ended(run);
    if (run.status === 'queued') return this.queued(run, executionId);
    return run.status === 'waiting' ? this.waiting(run, executionId) : this.running(run, executionId);
  }

  private async queued(run: RunSituation, executionId: string): Promise<WhyResponse> {
    const { orgConcurrentRuns } = this.settings.executions;
    const blocker =
      concurrencyBlocker(run, await this.situations.neighbours(executionId), orgConcurrentRuns) ??
      (await this.queueBlocker(run));
    const summary = run.startedAt === null ? 'The run has not started yet.' : 'The run is about to go on.';
    return { status: run.status, since: blocker.since, summary, blockers: [blocker] };
  }

  private async queueBlocker(run: RunSituation): Promise<BlockerResponse> {
    const since = (run.queuedAt ?? run.createdAt).toISOString();
    const counts = await this.queue.counts().catch(() => null);
    const message =
      counts === null
        ? 'The queue does not answer. The run is safe in the database and starts once the queue is back.'
        : `It waits for a free worker; ${counts.waiting} ${counts.waiting === 1 ? 'run is' : 'runs are'} in the queue.`;
    return { kind: 'queue', since, message, actions: ['cancel'] };
  }

  private async waiting(run: RunSituation, executionId: string): Promise<WhyResponse> {
    const waits = await this.waits.openOfExecution(executionId);
    const blockers = waits.map(waitBlocker);
    const since = (waits[0]?.createdAt ?? run.startedAt ?? run.createdAt).toISOString();
    const [first, ...others] = blockers;
    const summary = first
      ? `${first.message}${others.length > 0 ? ` It waits for ${others.length} more.` : ''}`
      : 'Everything it waited for is there; it goes on in a moment.';
    return { status: run.status, since, summary, blockers };
  }

  private async running(run: RunSituation, executionId: string): Promise<WhyResponse> {
    const since = (run.startedAt ?? run.createdAt).toISOString();
    const lease = leaseBlocker(run);
    const waits = await this.waits.openOfExecution(executionId);
    const waiting = new Set(waits.map(({ path }) => path));
    const steps = (await this.situations.openSteps(executionId)).filter(({ path }) => !waiting.has(path));
    const blockers = [...(lease ? [lease] : []), ...steps.map(stepBlocker), ...waits.map(waitBlocker)];
    const summary = blockers[0]?.message ?? 'The run is being worked on.';
    return { status: run.status, since, summary: run.cancelRequestedAt ? CANCELLING : summary, blockers };
  }
}

const CANCELLING = 'Somebody asked for it to stop; it does within seconds.';

function ended({ status, finishedAt, createdAt, error, lostCount }: RunSituation): WhyResponse {
  const since = (finishedAt ?? createdAt).toISOString();
  const where = error?.stepId === undefined ? '' : ` at step “${error.stepId}”`;
  const lost = lostCount > 0 ? ` On the way it lost its process ${lostCount} times.` : '';
  const summary = `The run ${ENDINGS[status] ?? 'has ended'}${where}.${error ? ` ${error.message}` : ''}${lost}`;
  const actions: BlockerResponse['actions'] = isRetryable(status) ? ['retry'] : [];
  return { status, since, summary, blockers: [{ kind: 'none', since, message: summary, actions }] };
}

const ENDINGS: Readonly<Partial<Record<RunSituation['status'], string>>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'was cancelled',
  timed_out: 'took too long and was ended',
};
