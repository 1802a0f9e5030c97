import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from './execution-event.js';
import { ExecutionStream } from './execution-stream.js';
import { ExecutionsService, type StartCommand, type Started } from './executions.service.js';

/** A run whose starter waits for what becomes of it. */
export interface FollowedRun {
  readonly executionId: string;
  /** An earlier request with the same key has started it. */
  readonly replayed: boolean;
  /** Everything that happens, from its first event, until it has ended or the signal of its start aborts. To be read once. */
  events(): AsyncGenerator<readonly EventEnvelope[], void>;
}

/** Starts runs for doors that stay with them. */
@Injectable()
export class FollowedRuns {
  constructor(
    private readonly executions: ExecutionsService,
    private readonly stream: ExecutionStream,
  ) {}

  /**
   * When this resolves the run is committed. Leaving it cancels nothing.
   * @throws AppError whatever the start is refused with
   */
  async start(command: StartCommand, signal: AbortSignal): Promise<FollowedRun> {
    const started = await this.executions.start(command);
    try {
      return await this.follow(started, signal);
    } catch (error) {
      return this.follow(await this.executions.earlierInstead(error, command), signal);
    }
  }

  private async follow({ executionId, live, replayed }: Started, signal: AbortSignal): Promise<FollowedRun> {
    const unborn = new AbortController();
    const followed = this.stream.follow(executionId, 0, AbortSignal.any([signal, unborn.signal]), live !== null);
    // Listening begins before the first commit, so that nothing is missed.
    const first = followed.next();
    await live?.accepted.catch(async (error: unknown) => {
      unborn.abort();
      await first;
      throw error;
    });
    return { executionId, replayed, events: () => fromFirst(first, followed) };
  }
}

async function* fromFirst<T>(
  first: Promise<IteratorResult<T, void>>,
  rest: AsyncGenerator<T, void>,
): AsyncGenerator<T, void> {
  try {
    for (let next = await first; !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return();
  }
}
