import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { EgressError, type FetchFunction } from '#platform/egress';
import { z } from 'zod';
import { mcpFetch, type McpFetchHooks } from './mcp-fetch.js';

/** Without an answer or word of progress for so long, a request is given up. */
export const IDLE_MS = 60_000;
/** A server may close the stream of its answer before its last event has been read. */
const AFTER_END_MS = 500;
/** What a connection may still say when it is left: that a call is cancelled, that its session is over. */
const LEAVING_MS = 2_000;
const CLIENT = { name: 'agentflow', title: 'AgentFlow', version: '1.0.0' };

/** The SDK compiles schemas of servers with this when it is asked to; here nobody asks it. */
const NO_VALIDATOR = {
  getValidator: () => (input: unknown) => ({ valid: true as const, data: input as never, errorMessage: undefined }),
};

const toolPage = z.looseObject({
  tools: z.array(z.unknown()),
  nextCursor: z.string().max(10_000).nullish(),
});
const callResult = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

export type ToolPage = z.infer<typeof toolPage>;
export type CallResult = z.infer<typeof callResult>;

export interface McpConnectionOptions {
  /** http or https. */
  readonly url: string;
  /** Through the egress door, with the credential of the set. */
  readonly fetch: FetchFunction;
  /** The server says that its tools are others now. */
  readonly onToolsChanged: () => void;
  readonly idleMs?: number;
}

/**
 * One session with one MCP server, for one call or one look at its tools: never shared, so no two organisations, runs or
 * credentials can meet in one. Declares no capabilities, so a server that asks for samples, roots or people's answers is told
 * that there is no such method.
 */
export class McpConnection {
  private readonly client = new Client(CLIENT, { capabilities: {}, jsonSchemaValidator: NO_VALIDATOR });
  private readonly transport: StreamableHTTPClientTransport;
  private readonly idleMs: number;
  private readonly underWay = new Set<Promise<unknown>>();
  /** Of the question that is waited for; there is one at a time. */
  private asking: AbortController | undefined;
  /** So many have come. */
  private answers = 0;

  constructor({ url, fetch, onToolsChanged, idleMs = IDLE_MS }: McpConnectionOptions) {
    this.idleMs = idleMs;
    const guarded = mcpFetch(fetch, () => this.hooksOf(this.asking, this.answers));
    this.transport = new StreamableHTTPClientTransport(new URL(url), {
      fetch: (input, init) => this.tracked(guarded(input, init)),
    });
    this.client.setNotificationHandler(ToolListChangedNotificationSchema, onToolsChanged);
    this.transport.onmessage = (message) => {
      if ('result' in message || 'error' in message) this.answers += 1;
    };
    // What concerns a request rejects it; the rest is a stream for messages that nobody waits for.
    this.client.onerror = () => undefined;
  }

  /** Agrees on a version of the protocol. @throws the signal's reason, StepError, EgressError, or errors of the SDK */
  open(signal: AbortSignal): Promise<void> {
    return this.ask(signal, (own) => this.client.connect(this.transport, { signal: own, timeout: this.idleMs }));
  }

  /** @throws as `open` */
  listTools(cursor: string | undefined, signal: AbortSignal): Promise<ToolPage> {
    const params = cursor === undefined ? {} : { cursor };
    return this.ask(signal, (own) =>
      this.client.request({ method: 'tools/list', params }, toolPage, { signal: own, timeout: this.idleMs }),
    );
  }

  /** Word of progress gives the server more time. An abort reaches the server as `notifications/cancelled`. @throws as `open` */
  callTool(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<CallResult> {
    return this.ask(signal, (own) =>
      this.client.request({ method: 'tools/call', params: { name, arguments: { ...args } } }, callResult, {
        signal: own,
        timeout: this.idleMs,
        resetTimeoutOnProgress: true,
        onprogress: () => undefined,
      }),
    );
  }

  /** Says goodbye and closes everything, within seconds and without an error. Nobody needs to wait for it. */
  async leave(): Promise<void> {
    await within(LEAVING_MS, Promise.allSettled(this.underWay));
    await within(LEAVING_MS, this.transport.terminateSession());
    await within(LEAVING_MS, this.client.close());
  }

  private async ask<T>(signal: AbortSignal, request: (own: AbortSignal) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const asking = new AbortController();
    const stop = (): void => asking.abort(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    this.asking = asking;
    try {
      return await new Promise<T>((resolve, reject) => {
        // Not left to the SDK, which makes a text of the reason and does not look at the signal everywhere.
        asking.signal.addEventListener('abort', () => reject(asking.signal.reason as Error));
        request(asking.signal).then(resolve, reject);
      });
    } finally {
      signal.removeEventListener('abort', stop);
      this.asking = undefined;
    }
  }

  /** What becomes of a stream concerns the question that it was to answer, and only while the answer is waited for. */
  private hooksOf(asking: AbortController | undefined, answersBefore: number): McpFetchHooks {
    const failed = (error: unknown): void => {
      if (this.asking === asking && this.answers === answersBefore) asking?.abort(error);
    };
    return { failed, ended: () => void setTimeout(() => failed(brokenOff()), AFTER_END_MS).unref() };
  }

  /** Keeps in mind what has been sent and has no answer yet, so that leaving does not cut it off. */
  private tracked(response: Promise<Response>): Promise<Response> {
    const settled = response.then(
      () => undefined,
      () => undefined,
    );
    this.underWay.add(settled);
    void settled.then(() => this.underWay.delete(settled));
    return response;
  }
}

const brokenOff = (): EgressError =>
  new EgressError('egress.failed', 'The MCP server ended the stream of its answer without an answer.', {
    retryable: true,
    phase: 'after-send',
  });

/** Waits no longer than that, and for errors not at all. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  await Promise.race([work.catch(() => undefined), sleep(limitMs, undefined, { ref: false })]);
}
