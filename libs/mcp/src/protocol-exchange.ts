import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { Request, Response } from 'express';
import type { ProtocolServer } from './mcp-servers.js';

/** Comment lines keep proxies from closing a quiet stream. */
const KEEP_ALIVE_MS = 15_000;

/** The protocol's own server and transport, for one request by HTTP and no other. */
export class ProtocolExchange {
  private readonly transport: StreamableHTTPServerTransport;

  /** @param asJson one JSON answer instead of a stream of messages */
  constructor(
    private readonly server: ProtocolServer,
    asJson: boolean,
  ) {
    this.transport = new StreamableHTTPServerTransport({
      // Sessions are known by their signature; a transport keeps nothing of them.
      enableJsonResponse: asJson,
      keepAliveMs: KEEP_ALIVE_MS,
    });
  }

  /** Resolves when the answer is whole, or nobody reads it any more. @param body as it was parsed; undefined for GET */
  async answer(request: Request, response: Response, body?: unknown): Promise<void> {
    await this.server.connect(this.transport);
    try {
      await this.transport.handleRequest(request, response, body);
    } finally {
      await this.close();
    }
  }

  /** The request gets no answer: the protocol wants none for what was cancelled. */
  silence(requestId: RequestId): void {
    this.transport.onmessage?.({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  }

  close(): Promise<void> {
    return this.server.close();
  }
}
