import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { EventStreamAnswer } from './event-stream-answer.js';
import { ExecutionStream } from './execution-stream.js';
import type { ExecutionDetailRow } from './execution-detail.read-model.js';
import { toDetail } from './execution-presenter.js';
import { ExecutionsMetrics } from './executions.metrics.js';
import { ExecutionsQueries } from './executions.queries.js';
import { ExecutionsService, type LiveRun, type StartCommand, type Started } from './executions.service.js';

/** How the caller wants to hear of the run that it starts. */
export type StartStyle =
  { readonly kind: 'async' } | { readonly kind: 'wait'; readonly waitSeconds: number } | { readonly kind: 'stream' };

/** Starts a run and answers as it was asked: 202 at once, 200 with the result, or the run's event stream. */
@Injectable()
export class StartAnswer {
  constructor(
    private readonly executions: ExecutionsService,
    private readonly queries: ExecutionsQueries,
    private readonly streams: EventStreamAnswer,
    private readonly stream: ExecutionStream,
    private readonly metrics: ExecutionsMetrics,
  ) {}

  async send(asked: Omit<StartCommand, 'mode'>, style: StartStyle, response: Response): Promise<void> {
    const command: StartCommand = { ...asked, mode: style.kind === 'async' ? 'background' : 'interactive' };
    const started = await this.executions.start(command);
    if (!started.live) return this.known(started, style, response);
    this.metrics.conversations.inc();
    try {
      await this.live(started.executionId, started.live, style, response);
    } catch (error) {
      await this.known(await this.executions.earlierInstead(error, command), style, response);
    } finally {
      this.metrics.conversations.dec();
    }
  }

  private async live(executionId: string, run: LiveRun, style: StartStyle, response: Response): Promise<void> {
    response.setHeader('Location', `/api/v1/executions/${executionId}`);
    if (style.kind === 'stream') return this.streams.sendFresh(executionId, run.accepted, response);
    const end = await within(run.ended, style.kind === 'wait' ? style.waitSeconds : 0);
    if (end) response.status(200).json(toDetail(end));
    else {
      await run.accepted;
      response.status(202).json(await this.queries.get(executionId));
    }
  }

  /** For a run that is on the queue or in another process. */
  private async untilEnd(executionId: string, seconds: number, response: Response): Promise<void> {
    const gone = new AbortController();
    const timer = setTimeout(() => gone.abort(), seconds * 1000);
    response.once('close', () => gone.abort());
    await this.stream.untilEnd(executionId, gone.signal).finally(() => clearTimeout(timer));
  }

  private async known(started: Started, style: StartStyle, response: Response): Promise<void> {
    const { executionId, replayed, queued } = started;
    response.setHeader('Location', `/api/v1/executions/${executionId}`);
    if (replayed) response.setHeader('Idempotent-Replayed', 'true');
    if (style.kind === 'stream') return this.streams.send(executionId, 0, response);
    if (style.kind === 'async' && queued) {
      response.status(202).json(toDetail(queued));
      return;
    }
    if (style.kind !== 'wait') {
      response.status(202).json(await this.queries.get(executionId));
      return;
    }
    await this.untilEnd(executionId, style.waitSeconds, response);
    const execution = await this.queries.getWithOutput(executionId);
    response.status(execution.finishedAt !== null ? 200 : 202).json(execution);
  }
}

/** Null when the time is over. A plain timer: aborting a promised one would make an error object for every start. */
function within(ended: Promise<ExecutionDetailRow | null>, seconds: number): Promise<ExecutionDetailRow | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), seconds * 1000);
    void ended.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const DEFAULT_WAIT_SECONDS = 30;

/** The event stream when the caller accepts one, otherwise what the body asks for. */
export function startStyle(
  accept: string | undefined,
  body: { readonly mode?: 'async' | 'wait'; readonly waitSeconds?: number },
): StartStyle {
  if (accept?.includes('text/event-stream')) return { kind: 'stream' };
  if (body.mode === 'wait') return { kind: 'wait', waitSeconds: body.waitSeconds ?? DEFAULT_WAIT_SECONDS };
  return { kind: 'async' };
}
