import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { replyBytes, type ReplyBytes } from './fake-openai-replies.js';
import { StreamTicker } from './stream-ticker.js';

/** How the server misbehaves. `afterTokens` counts tokens that were still sent. */
export type FakeFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly message?: string }
  /** A web page with status 200. */
  | { readonly kind: 'html' }
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Stops talking and keeps the socket open. */
  | { readonly kind: 'silence'; readonly afterTokens: number }
  /** Closes the connection, in the middle of an event unless `atBoundary`. */
  | { readonly kind: 'cut'; readonly afterTokens: number; readonly atBoundary?: boolean; readonly reset?: boolean };

export interface FakeToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface FakeOpenAiServerOptions {
  /** 0 = any free one. */
  readonly port?: number;
  /** What the server says; a function sees the request's parsed body. Default: `tokenCount` words. */
  readonly text?: string | ((body: Record<string, unknown>) => string);
  /** Tokens of the default text. Default 50. */
  readonly tokenCount?: number;
  /** From the request to the first token. Default 0. */
  readonly firstTokenDelayMs?: number;
  /** Pace of a stream; absent = everything at once. */
  readonly tokensPerSecond?: number;
  /**
   * Tool calls to answer with instead of text, when the request offers tools and holds no tool result; a function
   * decides for each request that offers tools, and answers with text when it gives none.
   */
  readonly toolCalls?: readonly FakeToolCall[] | ((body: Record<string, unknown>) => readonly FakeToolCall[]);
  /** The same for every request, or decided per request by its number from 0. */
  readonly fault?: FakeFault | ((index: number) => FakeFault | undefined);
}

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it was sent; parse it if you need to. */
  readonly body: string;
}

export interface FakeOpenAiServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** The latest thousand, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Replies whose connection the client closed before they were complete. */
  abandonedCount(): number;
  /** Ends all connections. */
  close(): Promise<void>;
}

const MOST_RECORDED = 1_000;

/**
 * An OpenAI-compatible server for tests, benches and end-to-end runs: chat completions (streamed or not), embeddings
 * and the list of models. Replies are rendered once; a stream costs one slice of a buffer per write.
 */
export async function startFakeOpenAiServer(options: FakeOpenAiServerOptions = {}): Promise<FakeOpenAiServer> {
  const requests: RecordedRequest[] = [];
  const ticker = new StreamTicker();
  let index = 0;
  let abandoned = 0;
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    void readAll(request).then((body) => {
      requests.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
      if (requests.length > MOST_RECORDED) requests.shift();
      const fault = typeof options.fault === 'function' ? options.fault(index++) : options.fault;
      const delayMs = options.firstTokenDelayMs ?? 0;
      const answer = (): void => respond(request.url ?? '', body, response, fault, options, ticker);
      if (delayMs > 0) setTimeout(answer, delayMs);
      else answer();
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    abandonedCount: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        ticker.stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function respond(
  path: string,
  body: string,
  response: ServerResponse,
  fault: FakeFault | undefined,
  options: FakeOpenAiServerOptions,
  ticker: StreamTicker,
): void {
  if (response.destroyed || fault?.kind === 'hang') return;
  if (fault?.kind === 'status') return sendError(response, fault.status, fault.message, fault.retryAfter);
  if (fault?.kind === 'html')
    return send(response, 'text/html; charset=utf-8', '<!DOCTYPE html><html><body>Sign in</body></html>');
  if (path.endsWith('/models')) return send(response, 'application/json', MODELS);
  if (path.endsWith('/embeddings')) return send(response, 'application/json', embeddings(body));
  if (!path.endsWith('/chat/completions')) return sendError(response, 404, `Invalid URL (${path})`);
  const reply = replyBytes(body, options);
  if (!isStreamed(body)) return send(response, 'application/json', reply.whole);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    'x-request-id': 'req_fake',
  });
  if (fault) return sendBroken(response, reply, fault);
  if (options.tokensPerSecond === undefined) response.end(reply.stream);
  else ticker.add({ response, reply, tokensPerSecond: options.tokensPerSecond });
}

function sendBroken(response: ServerResponse, reply: ReplyBytes, fault: FakeFault): void {
  if (fault.kind !== 'silence' && fault.kind !== 'cut') return;
  const boundary = reply.ends[Math.min(fault.afterTokens, reply.ends.length - 1)]!;
  const isTorn = fault.kind === 'cut' && !fault.atBoundary;
  response.write(reply.stream.subarray(0, isTorn ? boundary + 20 : boundary), () => {
    if (fault.kind !== 'cut') return;
    // The client gets a moment to read what was sent: a reset overtakes it.
    setTimeout(() => (fault.reset ? response.socket?.resetAndDestroy() : response.socket?.destroy()), 20);
  });
}

function send(response: ServerResponse, contentType: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function sendError(
  response: ServerResponse,
  status: number,
  message = 'The server had an error',
  retryAfter?: string,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(retryAfter ? { 'retry-after': retryAfter } : {}),
  });
  response.end(
    JSON.stringify({
      error: { message, type: status >= 500 ? 'server_error' : 'invalid_request_error', param: null, code: null },
    }),
  );
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The flag's own spelling, as clients render it; parsing a long prompt to find it would cost more than the reply. */
function isStreamed(body: string): boolean {
  return /"stream"\s*:\s*true/.test(body);
}

const MODELS = JSON.stringify({
  object: 'list',
  data: [{ id: 'gpt-4o-mini', object: 'model', created: 1_721_172_741, owned_by: 'system' }],
});

function embeddings(body: string): string {
  const { input, model } = JSON.parse(body) as { input: string | string[]; model: string };
  const data = [input].flat().map((text, index) => {
    const embedding = Array.from({ length: 8 }, (_, at) => ((text.charCodeAt(at % text.length) % 32) - 16) / 64);
    return { object: 'embedding', index, embedding };
  });
  const tokens = Math.ceil([input].flat().join('').length / 4);
  return JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}
