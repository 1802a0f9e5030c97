import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from './api-problem';
import { addressOf, provideCredentials, send } from './http-client';

/** A server that answers by script and remembers what it was asked. It answers the probe for being alive by itself. */
class FakeServer {
  readonly requests: Request[] = [];
  private readonly answers: ((request: Request) => Response | Error)[] = [];

  readonly fetch = (path: string, init: RequestInit): Promise<Response> => {
    if (path === '/health/live') return Promise.resolve(new Response());
    const request = new Request(new URL(path, 'http://dashboard.test'), { ...init, signal: null });
    this.requests.push(request);
    const answer = this.answers.shift()?.(request) ?? new Response(null, { status: 204 });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };

  answer(status: number, body?: unknown, headers?: HeadersInit): this {
    this.answers.push(() => new Response(body === undefined ? null : JSON.stringify(body), { status, headers }));
    return this;
  }

  breakConnection(): this {
    this.answers.push(() => new TypeError('fetch failed'));
    return this;
  }
}

const get = { method: 'GET', path: '/api/v1/agents' } as const;
const create = { method: 'POST', path: '/api/v1/agents', body: { name: 'A' }, idempotent: true } as const;

describe('calls to the server', () => {
  let server: FakeServer;
  let token: string | null;
  let refreshes: number;

  beforeEach(() => {
    server = new FakeServer();
    token = 'old';
    refreshes = 0;
    vi.stubGlobal('fetch', server.fetch);
    provideCredentials({
      accessToken: () => token,
      orgId: () => 'org-1',
      refresh: () => {
        refreshes += 1;
        token = 'new';
        return Promise.resolve(true);
      },
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('carry the access token and the organisation', async () => {
    await send(get);
    expect(server.requests[0]?.headers.get('authorization')).toBe('Bearer old');
    expect(server.requests[0]?.headers.get('x-org-id')).toBe('org-1');
  });

  it('are repeated once with a fresh token when the old one is refused', async () => {
    server.answer(401, {}).answer(200, { data: [] });
    await expect(send(get)).resolves.toEqual({ data: [] });
    expect(refreshes).toBe(1);
    expect(server.requests[1]?.headers.get('authorization')).toBe('Bearer new');
  });

  it('fail with the refusal when even the fresh token is refused', async () => {
    server.answer(401, {}).answer(401, { code: 'auth.required', title: 'Sign in' });
    await expect(send(get)).rejects.toMatchObject({ status: 401, code: 'auth.required' });
    expect(server.requests).toHaveLength(2);
  });

  it('never refresh when they are anonymous', async () => {
    server.answer(401, { code: 'auth.bad_credentials', title: 'No' });
    await expect(send(create, { anonymous: true })).rejects.toMatchObject({ code: 'auth.bad_credentials' });
    expect(refreshes).toBe(0);
    expect(server.requests[0]?.headers.has('authorization')).toBe(false);
  });

  it('keep their idempotency key when the connection breaks, so that nothing is made twice', async () => {
    server.breakConnection().answer(201, { id: '1' });
    await expect(send(create)).resolves.toEqual({ id: '1' });
    const [first, second] = server.requests.map((request) => request.headers.get('idempotency-key'));
    expect(first).toBeTruthy();
    expect(second).toBe(first);
  });

  it('are not repeated after a broken connection when that could act twice', async () => {
    server.breakConnection();
    await expect(send({ method: 'PATCH', path: '/api/v1/org', body: {} })).rejects.toMatchObject({
      status: 0,
      code: 'client.offline',
      retryable: true,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('send If-Match and hand out the headers of the answer', async () => {
    server.answer(200, {}, { ETag: '"8"' });
    let etag: string | null = null;
    await send(
      { method: 'PUT', path: '/api/v1/draft', body: {} },
      { ifMatch: '"7"', onHeaders: (headers) => (etag = headers.get('etag')) },
    );
    expect(server.requests[0]?.headers.get('if-match')).toBe('"7"');
    expect(etag).toBe('"8"');
  });

  it('turn problem+json into an ApiProblem whose messages know their form fields', async () => {
    const errors = [
      { pointer: '/email', code: 'taken', message: 'Taken.' },
      { pointer: '/tags/0/na~1me', code: 'bad', message: 'Bad.' },
    ];
    server.answer(422, { title: 'Wrong', code: 'validation', detail: 'Check the fields.', requestId: 'r-1', errors });
    const problem = await send(create).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ message: 'Check the fields.', requestId: 'r-1' });
    expect((problem as ApiProblem).fieldMessages()).toEqual({ email: 'Taken.', 'tags.0.na/me': 'Bad.' });
  });

  it('make an honest problem of an answer that is not problem+json', async () => {
    server.answer(502, '<html>');
    await expect(send(get)).rejects.toMatchObject({ status: 502, code: 'client.unexpected_answer', retryable: true });
  });

  it('reject with the reason of the signal when aborted, not with a problem', async () => {
    const leaving = new AbortController();
    leaving.abort(new Error('left the page'));
    server.breakConnection();
    await expect(send(get, { signal: leaving.signal })).rejects.toThrow('left the page');
  });
});

describe('addresses', () => {
  it('fill and encode path parameters and leave out empty query parameters', () => {
    const query = { status: 'failed', agentId: undefined, from: '', limit: 0 };
    expect(addressOf({ method: 'GET', path: '/a/{id}', pathParameters: { id: 'x/y' }, query })).toBe(
      '/a/x%2Fy?status=failed&limit=0',
    );
  });

  it('refuse a missing path parameter instead of calling another address', () => {
    expect(() => addressOf({ method: 'GET', path: '/a/{id}', pathParameters: { id: '' } })).toThrow('"id"');
  });
});
