import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, HttpClient } from './http-client.js';
import { serverSentEvents } from './server-sent-events.js';

export type ExecutionStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'timed_out';

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly stepId?: string;
}

export interface Execution {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly version: number;
  readonly status: ExecutionStatus;
  readonly attempt: number;
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: Failure | null;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly costMicroUsd: number | null };
  readonly retryOf: string | null;
  readonly metadata: Record<string, unknown> | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly queuedMs: number | null;
  readonly lastSeq: number;
  readonly parentId: string | null;
  readonly depth: number;
  readonly waitingFor: string | null;
  readonly waits: readonly Wait[];
}

export interface Wait {
  readonly id: string;
  readonly executionId: string;
  readonly path: string;
  readonly kind: 'timer' | 'approval' | 'event' | 'run' | 'effect';
  readonly title: string;
  readonly payload: unknown;
  readonly payloadHash: string;
  readonly decisions: readonly string[];
  readonly state: 'open' | 'answered' | 'void';
  readonly answer: { readonly decision: string; readonly data: unknown } | null;
  readonly answeredBy: { readonly id: string; readonly name: string } | null;
  readonly runId?: string;
}

export interface Why {
  readonly status: ExecutionStatus;
  readonly summary: string;
  readonly blockers: readonly {
    readonly kind: string;
    readonly message: string;
    readonly actions: readonly string[];
  }[];
}

export interface ExecutionStep {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly port: string | null;
  readonly tries: number;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: Failure | null;
}

export interface ExecutionEvent {
  readonly executionId: string;
  readonly seq: number;
  readonly at: string;
  readonly type: string;
  readonly stepId?: string;
  readonly data: Record<string, unknown>;
}

export interface EventPage {
  readonly data: readonly ExecutionEvent[];
  readonly lastSeq: number;
  readonly finished: boolean;
}

export interface StartRequest {
  readonly agentId: string;
  readonly input?: unknown;
  readonly version?: number;
  readonly mode?: 'async' | 'wait';
  readonly waitSeconds?: number;
  readonly metadata?: Record<string, unknown>;
  readonly callbackUrl?: string;
  readonly budgetMicroUsd?: number;
  readonly onBudget?: 'wait' | 'fail';
}

const FINAL: readonly ExecutionStatus[] = ['succeeded', 'failed', 'cancelled', 'timed_out'];

/** Starting, following and stopping runs over REST. */
export class ExecutionsClient {
  constructor(private readonly http: HttpClient) {}

  /** The raw answer to a start, for stories about the answer itself. */
  tryStart(request: StartRequest, headers?: Readonly<Record<string, string>>): Promise<Answer<Execution>> {
    return this.http.send<Execution>('POST', '/executions', { input: {}, ...request }, headers);
  }

  /** Starts in the background. @returns the accepted run */
  start(request: StartRequest, headers?: Readonly<Record<string, string>>): Promise<Execution> {
    return this.http.ask('POST', '/executions', { input: {}, ...request }, headers);
  }

  /** Starts and waits for the end. */
  run(request: StartRequest): Promise<Execution> {
    return this.start({ mode: 'wait', waitSeconds: 60, ...request });
  }

  /** Starts and yields every event as it comes. */
  async *stream(request: StartRequest, signal?: AbortSignal): AsyncGenerator<ExecutionEvent, void> {
    const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
    const body = JSON.stringify({ input: {}, ...request });
    yield* events(await this.http.open('POST', '/api/v1/executions', body, headers, signal));
  }

  /** Follows a run by server-sent events, from the event after `lastEventId`. */
  async *follow(id: string, lastEventId = 0, signal?: AbortSignal): AsyncGenerator<ExecutionEvent, void> {
    const headers = { ...(lastEventId > 0 && { 'last-event-id': String(lastEventId) }) };
    yield* events(await this.http.open('GET', `/api/v1/executions/${id}/stream`, undefined, headers, signal));
  }

  get(id: string): Promise<Execution> {
    return this.http.ask('GET', `/executions/${id}`);
  }

  list(query = ''): Promise<{ data: Execution[]; nextCursor: string | null; hasMore: boolean }> {
    return this.http.ask('GET', `/executions${query}`);
  }

  /** All of them, page after page. */
  async steps(id: string): Promise<ExecutionStep[]> {
    const all: ExecutionStep[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path = `/executions/${id}/steps?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { data: ExecutionStep[]; nextCursor: string | null } = await this.http.ask('GET', path);
      all.push(...page.data);
      cursor = page.nextCursor;
    }
    return all;
  }

  /** One page of the log; with `waitSeconds` a long poll. */
  events(id: string, after = 0, waitSeconds = 0): Promise<EventPage> {
    return this.http.ask('GET', `/executions/${id}/events?after=${after}&waitSeconds=${waitSeconds}`);
  }

  /** The whole log as it is now, page after page. */
  async allEvents(id: string): Promise<ExecutionEvent[]> {
    const all: ExecutionEvent[] = [];
    for (;;) {
      const { data } = await this.events(id, all.at(-1)?.seq ?? 0);
      if (data.length === 0) return all;
      all.push(...data);
    }
  }

  cancel(id: string): Promise<Answer<Execution>> {
    return this.http.send<Execution>('POST', `/executions/${id}/cancel`);
  }

  retry(id: string): Promise<Answer<Execution>> {
    return this.http.send<Execution>('POST', `/executions/${id}/retry`);
  }

  /** The raw answer to a decision about the first open wait of a run. */
  async tryDecide(id: string, decision: string, data?: unknown): Promise<Answer<Wait>> {
    const [wait] = (await this.waiting(id)).waits;
    if (!wait) throw new Error(`Run ${id} waits for nothing.`);
    return this.decideAbout(wait, decision, data);
  }

  decideAbout({ id, executionId, payloadHash }: Wait, decision: string, data?: unknown): Promise<Answer<Wait>> {
    const body = { decision, payloadHash, ...(data !== undefined && { data }) };
    return this.http.send<Wait>('POST', `/executions/${executionId}/waits/${id}`, body);
  }

  async waits(id: string): Promise<Wait[]> {
    return (await this.http.ask<{ data: Wait[] }>('GET', `/executions/${id}/waits`)).data;
  }

  /** What runs of the organisation wait for. */
  async inbox(query = '?state=open&kind=approval,effect'): Promise<Wait[]> {
    return (await this.http.ask<{ data: Wait[] }>('GET', `/waits${query}`)).data;
  }

  /** @returns how many waits the event answered */
  async sendEvent(event: { name: string; correlation?: string; data?: unknown }): Promise<number> {
    return (await this.http.ask<{ answered: number }>('POST', '/events', event)).answered;
  }

  why(id: string): Promise<Why> {
    return this.http.ask('GET', `/executions/${id}/why`);
  }

  /** Waits until the run holds no worker any more and has something open. */
  waiting(id: string, withinMs = 30_000): Promise<Execution> {
    return this.until(id, ({ status, waits }) => status === 'waiting' && waits.length > 0, 'to wait', withinMs);
  }

  /** Waits until the run has ended, however it did. @throws Error naming what it is doing instead */
  async ended(id: string, withinMs = 60_000): Promise<Execution> {
    return this.until(id, ({ status }) => FINAL.includes(status), 'to end', withinMs);
  }

  /** Waits until the run looks as `when` says. */
  async until(
    id: string,
    when: (execution: Execution) => boolean,
    what: string,
    withinMs = 30_000,
  ): Promise<Execution> {
    const giveUpAt = Date.now() + withinMs;
    for (;;) {
      const execution = await this.get(id);
      if (when(execution)) return execution;
      if (Date.now() > giveUpAt) {
        const told = JSON.stringify(await this.allEvents(id));
        throw new Error(`Waited ${withinMs} ms for run ${id} ${what}; it is ${execution.status}. Its log: ${told}`);
      }
      await sleep(50);
    }
  }
}

async function* events(response: Response): AsyncGenerator<ExecutionEvent, void> {
  if (!response.ok) throw new Error(`The stream was refused with ${response.status}: ${await response.text()}`);
  for await (const message of serverSentEvents(response)) {
    const event = JSON.parse(message.data) as ExecutionEvent;
    if (message.id !== String(event.seq) || message.event !== event.type) {
      throw new Error(`The frame ${message.id}/${message.event} carries event ${event.seq}/${event.type}.`);
    }
    yield event;
  }
}
