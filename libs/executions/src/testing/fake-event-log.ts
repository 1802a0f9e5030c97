import type { ExecutionEventsRepository } from '../execution-events.repository.js';
import { type EventChunk, type EventEnvelope, executionChannel } from '../execution-event.js';
import type { LiveBus } from '#platform/events';

/** The event log of one run in memory, and the messages by which it is announced. */
export class FakeEventLog implements Pick<ExecutionEventsRepository, 'findAfter' | 'findState'> {
  readonly chunks: EventChunk[] = [];
  exists = true;
  /** Questions that reached the log. */
  reads = 0;

  constructor(readonly executionId = '01900000-0000-7000-8000-0000000000aa') {}

  get lastSeq(): number {
    return this.chunks.at(-1)?.lastSeq ?? 0;
  }

  /** Commits `count` events, the last one terminal if asked. */
  commit(count: number, end = false): EventChunk {
    const firstSeq = this.lastSeq + 1;
    const events = Array.from({ length: count }, (_, index): EventEnvelope => {
      const isEnd = end && index === count - 1;
      return {
        executionId: this.executionId,
        seq: firstSeq + index,
        at: '2026-01-01T00:00:00.000Z',
        type: isEnd ? 'execution-end' : 'log',
        data: {},
      };
    });
    const chunk = { firstSeq, lastSeq: firstSeq + count - 1, events };
    this.chunks.push(chunk);
    return chunk;
  }

  announce(bus: LiveBus, { firstSeq, lastSeq, events }: EventChunk): void {
    const json = JSON.stringify(events.map(({ executionId: _id, ...event }) => event));
    bus.publish(executionChannel(this.executionId), `${firstSeq} ${lastSeq} ${json}`);
  }

  async findAfter(_executionId: string, afterSeq: number): Promise<EventChunk[]> {
    this.reads += 1;
    await Promise.resolve();
    return this.chunks.filter(({ lastSeq }) => lastSeq > afterSeq);
  }

  async findState(): Promise<{ status: 'running' | 'succeeded'; lastSeq: number; finished: boolean } | null> {
    await Promise.resolve();
    if (!this.exists) return null;
    const finished = this.chunks.at(-1)?.events.at(-1)?.type === 'execution-end';
    return { status: finished ? 'succeeded' : 'running', lastSeq: this.lastSeq, finished };
  }
}
