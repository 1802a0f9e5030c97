import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { LiveBus } from '#platform/events';

/** What a client says in one request about another one, which a different process may be answering. */
export interface SessionSignals {
  readonly onCancel: (id: RequestId) => void;
  readonly onEnd: () => void;
}

/** Carries cancellations and the end of a session to wherever its requests are being answered. */
@Injectable()
export class SessionSignalBus {
  constructor(private readonly bus: LiveBus) {}

  cancel(session: string, id: RequestId): void {
    this.bus.publish(channelOf(session), JSON.stringify({ cancel: id }));
  }

  end(session: string): void {
    this.bus.publish(channelOf(session), '{}');
  }

  /** @returns how to stop listening */
  listen(session: string, { onCancel, onEnd }: SessionSignals): () => void {
    return this.bus.subscribe(channelOf(session), (message) => {
      const { cancel } = JSON.parse(message) as { cancel?: RequestId };
      if (cancel === undefined) onEnd();
      else onCancel(cancel);
    });
  }
}

function channelOf(session: string): string {
  return `mcp-session:${session}`;
}
