import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Exchange } from './calls/exchange.js';
import { McpServers } from './mcp-servers.js';
import { OpenExchanges } from './open-exchanges.js';
import { ProtocolExchange } from './protocol-exchange.js';
import { type ClientMessage, readMessages } from './read-messages.js';
import { ClientSessions } from './sessions/client-sessions.js';

/** Takes messages of clients in: each request has a server and a transport of its own, and leaves nothing behind. */
@Injectable()
export class McpDoor {
  constructor(
    private readonly sessions: ClientSessions,
    private readonly servers: McpServers,
    private readonly open: OpenExchanges,
  ) {}

  /** Resolves when everything in the body is answered. @throws AppError before anything is answered */
  async receive(body: unknown, request: Request, response: Response): Promise<void> {
    const messages = readMessages(body);
    const begins = messages.some(({ method }) => method === 'initialize');
    const session = begins ? this.sessions.open() : this.sessions.require(request);
    if (begins) response.setHeader('Mcp-Session-Id', session);
    response.setHeader('Cache-Control', 'no-store');
    this.passOnCancellations(session, messages);
    const hasCalls = messages.some(({ method }) => method === 'tools/call');
    const exchange = new Exchange(session, response);
    const protocol = new ProtocolExchange(this.servers.create(exchange), !hasCalls);
    const leave = hasCalls ? this.watch(exchange, protocol) : null;
    try {
      await protocol.answer(request, response, body);
    } finally {
      leave?.();
    }
  }

  /** Ends the session of the request, in every process; its runs go on. @throws AppError */
  end(request: Request): void {
    this.sessions.end(this.sessions.require(request));
  }

  /** The calls may be answered by another process, so everybody is told. */
  private passOnCancellations(session: string, messages: readonly ClientMessage[]): void {
    for (const { method, params } of messages) {
      const { requestId } = params;
      const isId = typeof requestId === 'string' || typeof requestId === 'number';
      if (method === 'notifications/cancelled' && isId) this.sessions.cancel(session, requestId);
    }
  }

  private watch(exchange: Exchange, protocol: ProtocolExchange): () => void {
    const leave = this.open.add({
      onRevoked: () => exchange.stop('revoked'),
      // The run may still end while this process gives it time.
      onDraining: () => undefined,
      onClosing: () => exchange.stop('draining'),
    });
    exchange.onSilent = () => void protocol.close();
    const stopListening = this.sessions.listen(exchange.session, {
      onCancel: (id) => {
        if (exchange.cancel(id)) protocol.silence(id);
      },
      onEnd: () => exchange.stop('hung-up'),
    });
    return () => {
      stopListening();
      leave();
    };
  }
}
