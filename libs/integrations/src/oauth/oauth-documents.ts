import { Inject, Injectable } from '@nestjs/common';
import { unavailable } from '#platform/errors';
import { INTEGRATIONS_EGRESS, type IntegrationsEgress } from '../integrations-egress.js';

const LIMITS = { totalMs: 15_000, maxResponseBytes: 256 * 1024 };
/** For everything that a sign-in asks before it begins. */
const TOGETHER_MS = 30_000;

export interface DocumentAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for everything that is no JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** JSON from servers that a sign-in has to do with: small, soon, and from the very address that was asked. */
@Injectable()
export class OAuthDocuments {
  constructor(@Inject(INTEGRATIONS_EGRESS) private readonly egress: IntegrationsEgress) {}

  /** Ends in time, however many servers are slow. @throws AppError oauth.unavailable, or what the work has thrown */
  async inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    const timer = setTimeout(
      () =>
        late.abort(
          unavailable('oauth.unavailable', 'The service takes too long to say how people sign in. Try again.'),
        ),
      TOGETHER_MS,
    );
    try {
      return await work(late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  get(url: string, signal: AbortSignal): Promise<DocumentAnswer> {
    return this.ask({ url, method: 'GET', headers: { accept: 'application/json' } }, signal);
  }

  post(url: string, body: unknown, signal: AbortSignal): Promise<DocumentAnswer> {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    return this.ask({ url, method: 'POST', headers, body: JSON.stringify(body) }, signal);
  }

  private async ask(
    request: { url: string; method: string; headers: Record<string, string>; body?: string },
    signal: AbortSignal,
  ): Promise<DocumentAnswer> {
    const { status, headers, body } = await this.egress.request({
      ...request,
      redirect: 'manual',
      limits: LIMITS,
      signal,
    });
    return { status, headers, body: objectIn(body) };
  }
}

function objectIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(body.toString('utf8')) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
