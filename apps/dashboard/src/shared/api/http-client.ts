import { ApiProblem, problemOf } from './api-problem';
import { reachability } from './reachability';

/** What a generated operation asks for. */
export interface OperationRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path as in the OpenAPI document, with `{name}` placeholders. */
  path: string;
  pathParameters?: Record<string, string | number>;
  query?: object;
  body?: unknown;
  /** The operation creates or spends: it is sent with an `Idempotency-Key`, and sent again with the same key when the connection breaks. */
  idempotent?: boolean;
}

/** What any call may be given besides its input. */
export interface CallOptions {
  signal?: AbortSignal;
  /** How long to wait for the whole answer, in milliseconds; 30,000 when absent. */
  deadlineMs?: number;
  /** An ETag, quoted as it came: the server answers 412 when the thing has changed since. */
  ifMatch?: string;
  /** Give your own to make a second press of the same button the same request. */
  idempotencyKey?: string;
  /** Sent without access token and organisation: signing in, refreshing. A 401 is then simply the answer. */
  anonymous?: boolean;
  /** Sees the headers of a successful answer, for example its `ETag`. */
  onHeaders?: (headers: Headers) => void;
}

/** Who is calling. The session implements it; without one, calls go out anonymous. */
export interface Credentials {
  accessToken(): string | null;
  orgId(): string | null;
  /** Trades the refresh cookie for a new access token; false when the person has to sign in again. Rejects only when no answer came. */
  refresh(): Promise<boolean>;
}

const DEFAULT_DEADLINE_MS = 30_000;
const BROKEN_CONNECTION_RETRIES = 2;

const ALIVE_WITHIN_MS = 5_000;

reachability.probeBy(async () => {
  const probe = await fetch('/health/live', { cache: 'no-store', signal: AbortSignal.timeout(ALIVE_WITHIN_MS) });
  return probe.ok;
});

let credentials: Credentials = { accessToken: () => null, orgId: () => null, refresh: () => Promise.resolve(false) };

/** Tells the client whose calls these are. Called once by the session at start, and by tests. */
export function provideCredentials(given: Credentials): void {
  credentials = given;
}

/**
 * Sends one request and answers with its JSON body (undefined for 204). A 401 is answered by one refresh and one repetition.
 * @throws ApiProblem for every refusal and for a missing answer; the signal's reason when aborted.
 */
export async function send<Answer>(request: OperationRequest, options: CallOptions = {}): Promise<Answer> {
  const headers = headersFor(request, options);
  const usedToken = options.anonymous ? null : credentials.accessToken();
  let response = await transmit(request, headers, usedToken, options);
  if (response.status === 401 && usedToken !== null) {
    const newerTokenArrived = credentials.accessToken() !== usedToken;
    if (newerTokenArrived || (await credentials.refresh())) {
      response = await transmit(request, headers, credentials.accessToken(), options);
    }
  }
  if (!response.ok) throw await problemOf(response);
  options.onHeaders?.(response.headers);
  if (response.status === 204) return undefined as Answer;
  const text = await response.text();
  // A document for people, where the caller has asked for one.
  if (response.headers.get('Content-Type')?.startsWith('text/markdown')) return text as Answer;
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

function headersFor(request: OperationRequest, options: CallOptions): Headers {
  const headers = new Headers({ Accept: 'application/json' });
  const orgId = options.anonymous ? null : credentials.orgId();
  if (orgId !== null) headers.set('X-Org-Id', orgId);
  if (request.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('If-Match', options.ifMatch);
  if (request.idempotent) headers.set('Idempotency-Key', options.idempotencyKey ?? newKey());
  return headers;
}

async function transmit(
  request: OperationRequest,
  headers: Headers,
  token: string | null,
  options: CallOptions,
): Promise<Response> {
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  const deadline = AbortSignal.timeout(options.deadlineMs ?? DEFAULT_DEADLINE_MS);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const repeatable = request.idempotent === true || request.method === 'GET';
  for (let retry = 0; ; retry += 1) {
    try {
      // An ETag is the revision that may be overwritten, not a mark of the whole answer: a browser that keeps answers by it shows old ones.
      const response = await fetch(addressOf(request), {
        method: request.method,
        headers,
        body,
        signal,
        credentials: 'same-origin',
        cache: 'no-store',
      });
      reachability.answered();
      return response;
    } catch (cause) {
      options.signal?.throwIfAborted();
      if (deadline.aborted) throw noAnswer('client.timeout', 'The server took too long to answer.', cause);
      if (!repeatable || retry >= BROKEN_CONNECTION_RETRIES) {
        reachability.missed();
        throw noAnswer(
          'client.offline',
          'The server could not be reached. Check your connection and try again.',
          cause,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** retry));
    }
  }
}

/** The address of a request, with placeholders filled and query parameters in order; empty and absent ones left out. */
export function addressOf(request: OperationRequest): string {
  const path = request.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = request.pathParameters?.[name];
    if (value === undefined || value === '')
      throw new TypeError(`The path parameter "${name}" of ${request.path} is missing.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {}) as [string, unknown][]) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && each !== '') search.append(name, String(each));
    }
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

function noAnswer(code: string, detail: string, cause: unknown): ApiProblem {
  return new ApiProblem({ title: 'No answer', detail, code, status: 0, retryable: true }, { cause });
}

/** `crypto.randomUUID` exists only on https and localhost; on a plain http LAN address the same is built from random bytes. */
function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
