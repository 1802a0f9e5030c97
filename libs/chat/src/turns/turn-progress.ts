import { setTimeout as sleep } from 'node:timers/promises';
import { ExecutionsQueries, ExecutionStream, type WaitResponse } from '#executions';
import { Injectable } from '@nestjs/common';

/** How often a run that is not there yet is looked for. */
const LOOK_EVERY_MS = 150;

/** What a turn's run is at, for whoever waits for its answer. */
@Injectable()
export class TurnProgress {
  constructor(
    private readonly stream: ExecutionStream,
    private readonly executions: ExecutionsQueries,
  ) {}

  /** Resolves when the run has ended, waits for something outside, or `signal` aborts. It need not be there yet. */
  async untilAtRest(executionId: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !(await this.isThere(executionId))) await sleep(LOOK_EVERY_MS);
    if (!signal.aborted) await this.stream.untilEnd(executionId, signal);
  }

  /** What the run asks people; nothing before it is there, and while it waits for something else. */
  async questions(executionId: string): Promise<WaitResponse[]> {
    if (!(await this.isThere(executionId))) return [];
    const { waits } = await this.executions.get(executionId);
    return waits.filter(({ decisions }) => decisions.length > 0);
  }

  private isThere(executionId: string): Promise<boolean> {
    return this.stream.state(executionId).then(
      () => true,
      () => false,
    );
  }
}
