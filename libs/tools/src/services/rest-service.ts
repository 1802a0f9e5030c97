import { secretEcho } from '#integrations';
import { StepError } from '#kernel';
import type { ToolCall } from '../tool.js';
import type { ToolCredential } from '../tool-credential.js';
import type { ToolEgress } from '../tool-egress.js';
import { serviceFailure, transportFailure, unreadable } from './service-failure.js';

const LIMITS = { totalMs: 60_000, maxResponseBytes: 8 * 1024 * 1024 };
const WRITING = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export interface RestRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After the base URL, with a leading slash; parts that come from arguments are encoded by {@link path}. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  /** Beside those that every request has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly content?: { readonly type: string; readonly text: string };
  /** A POST that only asks. */
  readonly reads?: boolean;
}

export interface RestServiceOptions {
  /** As people call it. */
  readonly name: string;
  readonly baseUrl: string;
  /** What the service says in the body of a refusal. */
  readonly saidIn: (body: unknown) => string;
  /** Answers that are no JSON are texts then; otherwise they are failures. */
  readonly acceptsText?: true;
}

/** A service that speaks JSON over HTTP, reached through the egress door, with a credential where it has one. */
export class RestService {
  constructor(
    private readonly egress: Pick<ToolEgress, 'request'>,
    private readonly credential: Pick<ToolCredential, 'headersFor'> | null,
    private readonly options: RestServiceOptions,
  ) {}

  /** @returns the parsed body, undefined for an empty one @throws StepError */
  async ask(
    request: RestRequest,
    { signal, idempotencyKey }: Pick<ToolCall, 'signal' | 'idempotencyKey'>,
  ): Promise<unknown> {
    const { method = 'GET', body } = request;
    const content =
      request.content ?? (body === undefined ? undefined : { type: 'application/json', text: JSON.stringify(body) });
    const isWrite = WRITING.has(method) && request.reads !== true;
    const url = this.urlOf(request);
    const secret = (await this.credential?.headersFor(url)) ?? {};
    const masked = secretEcho(secret);
    const answer = await this.send(
      {
        url,
        method,
        headers: {
          accept: 'application/json',
          ...request.headers,
          ...(content !== undefined && { 'content-type': content.type }),
          ...(isWrite && { 'idempotency-key': idempotencyKey }),
          ...secret,
        },
        ...(content !== undefined && { body: content.text }),
        redirect: 'manual' as const,
        limits: LIMITS,
        signal,
      },
      isWrite,
    );
    const text = masked(answer.body.toString('utf8'));
    const { name: service, saidIn, acceptsText } = this.options;
    const json = parse(text);
    const parsed = json === undefined && acceptsText && text !== '' ? text : json;
    if (answer.status < 200 || answer.status > 299) {
      const retryAfter = answer.headers['retry-after'];
      throw serviceFailure({ service, status: answer.status, said: saidIn(parsed), retryAfter, isWrite });
    }
    if (parsed === undefined && text.trim() !== '') {
      throw unreadable(service, isWrite);
    }
    return parsed;
  }

  private async send(request: Parameters<ToolEgress['request']>[0], isWrite: boolean) {
    try {
      return await this.egress.request(request);
    } catch (error) {
      throw transportFailure(error, isWrite);
    }
  }

  private urlOf({ path: at, query = {} }: RestRequest): string {
    const url = new URL(`${this.options.baseUrl.replace(/\/+$/, '')}${at}`);
    for (const [name, value] of Object.entries(query)) {
      for (const each of Array.isArray(value) ? (value as string[]) : [value]) {
        if (each !== undefined) url.searchParams.append(name, String(each));
      }
    }
    return url.href;
  }
}

/** A path whose parts cannot leave their place: `path\`/issues/${key}\``. */
export function path(fixed: TemplateStringsArray, ...parts: readonly unknown[]): string {
  return fixed.reduce((whole, text, index) => {
    const part = index < parts.length ? encodeURIComponent(String(parts[index])) : '';
    // Encoded dots are dots to most servers.
    if (/^\.{1,2}$/.test(part))
      throw new StepError({ code: 'tool.invalid', message: `“${part}” names nothing.`, retryable: false });
    return whole + text + part;
  }, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
