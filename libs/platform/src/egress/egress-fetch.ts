import type { EgressPolicy, EgressRequest, EgressStream } from './egress-request.js';

export type FetchFunction = typeof globalThis.fetch;
type FetchInput = Parameters<FetchFunction>[0];
type FetchInit = NonNullable<Parameters<FetchFunction>[1]>;

const BODILESS_STATUSES = new Set([204, 205, 304]);

/** A `fetch` over `stream`. Options about caches, cookies, CORS or another dispatcher mean nothing here and are ignored. */
export function createFetch(
  stream: (request: EgressRequest) => Promise<EgressStream>,
  policy: EgressPolicy,
): FetchFunction {
  return async (input, init) => {
    const request = await toRequest(input, init ?? {});
    const mode = init?.redirect ?? (input instanceof Request ? input.redirect : 'follow');
    const answer = await stream({
      ...policy,
      ...request,
      redirect: mode === 'follow' ? (policy.redirect ?? 'follow') : 'manual',
    });
    if (mode === 'error' && answer.status >= 300 && answer.status < 400 && 'location' in answer.headers) {
      await answer.body.cancel();
      throw new TypeError('The server redirects, which this request does not allow.');
    }
    return toResponse(answer);
  };
}

async function toRequest(input: FetchInput, init: FetchInit): Promise<EgressRequest> {
  const from = input instanceof Request ? input : undefined;
  const signal = init.signal ?? from?.signal;
  const body = init.body ?? from?.body;
  const headers = new Headers(init.headers ?? from?.headers);
  const bytes = body === undefined || body === null ? undefined : await toBytes(body, headers);
  return {
    url: from ? from.url : (input as string | URL),
    method: init.method ?? from?.method ?? 'GET',
    headers: Object.fromEntries(headers),
    ...(bytes !== undefined && { body: bytes }),
    ...(signal && { signal }),
  };
}

/** Forms, blobs and streams become bytes here, with the content type that belongs to them. */
async function toBytes(body: NonNullable<FetchInit['body']>, headers: Headers): Promise<string | Uint8Array> {
  if (typeof body === 'string') {
    if (!headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8');
    return body;
  }
  if (body instanceof Uint8Array) return body;
  const wrapped = new Response(body);
  const contentType = wrapped.headers.get('content-type');
  if (contentType !== null && !headers.has('content-type')) headers.set('content-type', contentType);
  return new Uint8Array(await wrapped.arrayBuffer());
}

function toResponse(answer: EgressStream): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (name !== 'set-cookie') headers.append(name, value);
  }
  for (const cookie of answer.setCookies) headers.append('set-cookie', cookie);
  const bodiless = BODILESS_STATUSES.has(answer.status);
  if (bodiless) void answer.body.cancel();
  const response = new Response(bodiless ? null : answer.body, {
    status: answer.status,
    statusText: answer.statusText,
    headers,
  });
  // The constructor has no way to say where a response came from.
  Object.defineProperty(response, 'url', { value: answer.url });
  Object.defineProperty(response, 'redirected', { value: answer.redirected });
  return response;
}
