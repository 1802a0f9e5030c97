import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { runWith } from '#platform/context';
import { LiveBus } from '#platform/events';
import { InjectLogger, type Logger } from '#platform/logging';
import { orgChannel } from './execution-event.js';
import { ExecutionStream } from './execution-stream.js';
import type { ExecutionSocket } from './socket-session.js';

/** Packets that may wait in a socket's buffer before its reader has to catch up. */
const MAX_BUFFERED_PACKETS = 512;

/** How long a reader that takes nothing may hold its subscription. */
const STUCK_MS = 60_000;

const LOOK_AGAIN_MS = 50;

/** Sends a run's events to one socket at that socket's pace; a slow one waits for itself only. */
@Injectable()
export class SocketFollower {
  constructor(
    private readonly stream: ExecutionStream,
    private readonly bus: LiveBus,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * Begins to send and goes on by itself until the run ends or `signal` aborts.
   * @returns the last committed sequence number at this moment, and what resolves when there is no more to send
   * @throws AppError not found, also for another organisation's run
   */
  begin(
    socket: ExecutionSocket,
    wanted: { executionId: string; after: number },
    signal: AbortSignal,
  ): Promise<{ lastSeq: number; ended: Promise<void> }> {
    const { principal } = socket.data;
    return runWith({ orgId: principal.orgId, principal, transaction: undefined }, async () => {
      const { lastSeq } = await this.stream.state(wanted.executionId);
      const ended = this.send(socket, wanted, signal).catch((error: unknown) => {
        this.logger.warn(
          { err: error, executionId: wanted.executionId },
          'a subscription broke; its client will ask again',
        );
        socket.disconnect(true);
      });
      return { lastSeq, ended };
    });
  }

  /** @returns how to stop */
  followOrg(socket: ExecutionSocket): () => void {
    return this.bus.subscribe(orgChannel(socket.data.principal.orgId), (executionId) => {
      socket.emit('execution-change', { executionId });
    });
  }

  private async send(
    socket: ExecutionSocket,
    wanted: { executionId: string; after: number },
    signal: AbortSignal,
  ): Promise<void> {
    for await (const events of this.stream.follow(wanted.executionId, wanted.after, signal)) {
      for (const event of events) socket.emit('event', event);
      if (buffered(socket) > MAX_BUFFERED_PACKETS) await this.letItCatchUp(socket, wanted.executionId, signal);
      if (signal.aborted) return;
    }
  }

  private async letItCatchUp(socket: ExecutionSocket, executionId: string, signal: AbortSignal): Promise<void> {
    socket.emit('gap', { executionId });
    const giveUpAt = Date.now() + STUCK_MS;
    while (socket.connected && !signal.aborted && buffered(socket) > 0) {
      if (Date.now() > giveUpAt) {
        socket.disconnect(true);
        return;
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

/** Packets that engine.io holds for a transport which does not take them. */
function buffered(socket: ExecutionSocket): number {
  return (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
}
