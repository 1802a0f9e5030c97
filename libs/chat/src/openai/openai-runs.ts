import { currentPrincipal } from '#auth';
import { ExecutionControl, ExecutionsQueries, type FollowedRun, FollowedRuns, PLAIN_SPENDING } from '#executions';
import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '../spoken-text.js';
import type { OpenAiTarget } from './openai-target.js';
import { runFailed, runTooSlow, runWaits } from './run-failure.js';

/** A client that waits longer than this had better start a run and follow it. */
const PATIENCE_MS = 15 * 60_000;

/** Kinds of waits that end without anybody. */
const PASSING_WAITS = new Set(['timer', 'run']);

/** A run that a client of the door waits for. */
export interface OpenAiRun {
  readonly executionId: string;
  /** An earlier request with the same key has started it. */
  readonly replayed: boolean;
  /** Everything that happens, until it has ended; leaving early or `signal` cancels the run. */
  events(): AsyncGenerator<HeardEvent, void>;
}

export interface EndedRun {
  readonly output: unknown;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly cachedInputTokens: number };
  readonly createdAt: string;
}

export interface RunRequest {
  readonly target: OpenAiTarget;
  readonly input: Record<string, unknown>;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
}

/** Starts runs for clients that know nothing of runs, and tells how they end. */
@Injectable()
export class OpenAiRuns {
  constructor(
    private readonly runs: FollowedRuns,
    private readonly control: ExecutionControl,
    private readonly queries: ExecutionsQueries,
  ) {}

  /**
   * When this resolves the run is committed.
   * @param gone aborts when nobody listens any more: then nobody wants the rest of the answer
   * @throws AppError whatever the start is refused with
   */
  async start({ target, input, idempotency }: RunRequest, gone: AbortSignal): Promise<OpenAiRun> {
    const run = await this.runs.start(
      {
        agentId: target.agentId,
        ...(target.version !== undefined && { version: target.version }),
        input,
        metadata: { openai: { owner: ownerOf() } },
        mode: 'interactive',
        trigger: 'openai',
        spending: { ...PLAIN_SPENDING, onBudget: 'fail' },
        ...(idempotency && { idempotency }),
      },
      AbortSignal.any([gone, AbortSignal.timeout(PATIENCE_MS)]),
    );
    const { executionId, replayed } = run;
    // A repetition that is given up says nothing about whoever asked first.
    if (!replayed) whenAborted(gone, () => this.cancel(executionId));
    return { executionId, replayed, events: () => this.events(run, gone) };
  }

  private cancel(executionId: string): void {
    void this.control.cancel(executionId).catch(() => undefined);
  }

  /** @throws AppError for a run that failed, with what it failed with */
  async result(executionId: string): Promise<EndedRun> {
    const { status, output, error, usage, createdAt } = await this.queries.getWithOutput(executionId);
    if (status !== 'succeeded') throw runFailed(executionId, status, error);
    return { output, usage, createdAt };
  }

  /** What an earlier run of the same client was given and gave; null for everybody else’s. */
  async find(executionId: string): Promise<{ input: unknown; output: unknown; error: unknown; status: string } | null> {
    const run = await this.queries.getWithOutput(executionId).catch(() => null);
    const { owner } = (run?.metadata as { openai?: { owner?: string } } | null)?.openai ?? {};
    return run?.trigger === 'openai' && owner === ownerOf() ? run : null;
  }

  private async *events(run: FollowedRun, gone: AbortSignal): AsyncGenerator<HeardEvent, void> {
    const { executionId } = run;
    let ended = false;
    for await (const batch of run.events()) {
      for (const event of batch) {
        if (event.type === 'wait-start' && !PASSING_WAITS.has((event.data as { kind: string }).kind)) {
          throw runWaits(executionId, (event.data as { title?: string }).title ?? '');
        }
        ended ||= event.type === 'execution-end';
        yield event;
      }
    }
    if (!ended && !gone.aborted) throw runTooSlow(executionId);
  }
}

function whenAborted(signal: AbortSignal, act: () => void): void {
  if (signal.aborted) act();
  else signal.addEventListener('abort', act, { once: true });
}

function ownerOf(): string {
  const { kind, credentialId, userId } = currentPrincipal();
  return kind === 'api-key' ? credentialId : userId;
}
