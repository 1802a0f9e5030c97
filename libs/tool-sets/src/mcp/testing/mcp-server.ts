import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import {
  type CallToolResult,
  CallToolRequestSchema,
  type ListToolsResult,
  ListToolsRequestSchema,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import { type LoopbackServer, startHttp } from '../../../../platform/src/egress/testing/loopback-server.js';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** A call as a tool of the test sees it. */
export interface TestCall {
  readonly args: Readonly<Record<string, unknown>>;
  /** The header, empty without one. */
  readonly authorization: string;
  readonly session: string;
  readonly extra: Extra;
  readonly server: Server;
}

export interface TestTool {
  readonly description?: string;
  readonly inputSchema?: Readonly<Record<string, unknown>>;
  readonly outputSchema?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly execution?: Readonly<Record<string, unknown>>;
  readonly run?: (call: TestCall) => CallToolResult | Promise<CallToolResult>;
}

interface Session {
  readonly server: Server;
  readonly transport: StreamableHTTPServerTransport;
}

/** The text of a result. */
export const said = (text: string): CallToolResult => ({ content: [{ type: 'text', text }] });

/**
 * An MCP server of the SDK on a real port, with a session for each client. What no server of the SDK would do is done by
 * `instead`, which sees every request first.
 */
export class McpTestServer {
  tools: Record<string, TestTool> = {};
  /** Tools on one page of the list. */
  pageSize = 1_000;
  /** Only this header gets in; everybody does while it is undefined. */
  authorization: string | undefined;
  /** Answers messages with JSON in place of an event stream. */
  json = false;
  /** Before each page of the list. */
  beforeList: (() => Promise<void>) | undefined;
  /** @returns whether it has answered */
  instead: ((request: IncomingMessage, response: ServerResponse, body: string) => boolean) | undefined;
  /** `METHOD message` of every request, in their order. */
  readonly seen: string[] = [];
  /** Authorization headers, of every request. */
  readonly authorizations: string[] = [];
  readonly sessions = new Map<string, Session>();

  private constructor(private readonly http: LoopbackServer) {}

  static async start(): Promise<McpTestServer> {
    const holder: { server?: McpTestServer } = {};
    const http = await startHttp((request, response) => void holder.server?.answer(request, response));
    holder.server = new McpTestServer(http);
    return holder.server;
  }

  get url(): string {
    return `${this.http.url}/mcp`;
  }

  get origin(): string {
    return this.http.url;
  }

  /** As a server does that was started anew. */
  forgetSessions(): void {
    this.sessions.clear();
  }

  async tellToolsChanged(): Promise<void> {
    for (const { server } of this.sessions.values()) await server.sendToolListChanged();
  }

  async close(): Promise<void> {
    for (const { server } of this.sessions.values()) await server.close();
    await this.http.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const message = body === '' ? undefined : (JSON.parse(body) as { method?: string });
    this.seen.push(`${request.method} ${message?.method ?? ''}`.trim());
    this.authorizations.push(request.headers.authorization ?? '');
    if (this.instead?.(request, response, body) === true) return;
    if (this.authorization !== undefined && request.headers.authorization !== this.authorization) {
      return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('{"error":"invalid_token"}');
    }
    const id = request.headers['mcp-session-id'];
    const session = typeof id === 'string' ? this.sessions.get(id) : await this.begin();
    if (session === undefined) {
      return void response
        .writeHead(404)
        .end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}');
    }
    await session.transport.handleRequest(request, response, message);
  }

  private async begin(): Promise<Session> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      enableJsonResponse: this.json,
      onsessioninitialized: (id) => void this.sessions.set(id, session),
      onsessionclosed: (id) => void this.sessions.delete(id),
    });
    const server = new Server({ name: 'test', version: '1' }, { capabilities: { tools: { listChanged: true } } });
    const session = { server, transport };
    server.setRequestHandler(ListToolsRequestSchema, async ({ params }) => {
      await this.beforeList?.();
      return this.list(params?.cursor);
    });
    server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
      const { name, arguments: args = {} } = params;
      const tool = this.tools[name];
      if (tool === undefined) throw new Error(`no tool ${name}`);
      const authorization = String(extra.requestInfo?.headers['authorization'] ?? '');
      return tool.run?.({ args, authorization, session: extra.sessionId ?? '', extra, server }) ?? said('done');
    });
    await server.connect(transport);
    return session;
  }

  private list(cursor = '0'): ListToolsResult {
    const all = Object.entries(this.tools);
    const [from, to] = [Number(cursor), Number(cursor) + this.pageSize];
    const tools = all.slice(from, to).map(([name, { run: _run, inputSchema = { type: 'object' }, ...rest }]) => ({
      name,
      inputSchema,
      ...rest,
    }));
    return { tools: tools as ListToolsResult['tools'], ...(to < all.length && { nextCursor: String(to) }) };
  }
}
