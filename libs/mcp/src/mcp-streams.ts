import { agentsChannel } from '#agents';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { LiveBus } from '#platform/events';
import { OrgContext } from '#tenancy';
import { Exchange } from './calls/exchange.js';
import { McpServers } from './mcp-servers.js';
import { OpenExchanges } from './open-exchanges.js';
import { ProtocolExchange } from './protocol-exchange.js';
import { ClientSessions } from './sessions/client-sessions.js';

/** Who publishes ten agents at once makes clients ask once. */
const GATHER_MS = 250;

/** What a client hears unasked: that there are other tools than before. Nothing of runs goes here; that stands in their calls' answers. */
@Injectable()
export class McpStreams {
  constructor(
    private readonly sessions: ClientSessions,
    private readonly servers: McpServers,
    private readonly open: OpenExchanges,
    private readonly bus: LiveBus,
  ) {}

  /** Resolves when the client, its credential, its session or this process is gone. @throws AppError before anything is answered */
  async listen(request: Request, response: Response): Promise<void> {
    const session = this.sessions.require(request);
    const server = this.servers.create(new Exchange(session, response));
    const protocol = new ProtocolExchange(server, false);
    const timers = new Set<NodeJS.Timeout>();
    const close = (): void => void protocol.close();
    const leave = [
      this.open.add({
        onRevoked: close,
        onDraining: (reconnectInMs) => timers.add(setTimeout(close, reconnectInMs)),
        onClosing: close,
      }),
      this.sessions.listen(session, { onCancel: () => undefined, onEnd: close }),
      this.whenToolsChange(() => void server.sendToolListChanged().catch(() => undefined)),
    ];
    try {
      await protocol.answer(request, response);
    } finally {
      for (const timer of timers) clearTimeout(timer);
      for (const each of leave) each();
    }
  }

  private whenToolsChange(tell: () => void): () => void {
    let timer: NodeJS.Timeout | null = null;
    const stop = this.bus.subscribe(agentsChannel(OrgContext.require()), () => {
      timer ??= setTimeout(() => {
        timer = null;
        tell();
      }, GATHER_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }
}
