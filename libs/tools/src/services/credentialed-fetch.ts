import { secretEcho, secretEchoStream } from '#integrations';
import { StepError } from '#kernel';
import type { EgressLimits, FetchFunction } from '#platform/egress';
import type { ToolCredential } from '../tool-credential.js';
import type { ToolEgress } from '../tool-egress.js';

const LIMITS = { totalMs: 60_000, maxResponseBytes: 8 * 1024 * 1024 };
const BODILESS = [204, 205, 304];

export interface FetchConditions {
  /** Ends every request; the request's own signal when absent. */
  readonly signal?: AbortSignal;
  /** Beside those of the egress door; a minute and 8 MiB when absent. */
  readonly limits?: Partial<EgressLimits>;
}

/**
 * A `fetch` for SDKs: through the egress door, with the credential attached to each request by its address. The SDK
 * itself holds no secret, so none can come up in its errors. Event streams are handed on as they come, everything else
 * is read to its end first.
 * @param credential null for services that want none
 */
export function credentialedFetch(
  egress: Pick<ToolEgress, 'fetchWith'>,
  credential: Pick<ToolCredential, 'headersFor'> | null,
  { signal, limits = LIMITS }: FetchConditions,
): FetchFunction {
  // What was attached for one address is sent to no other.
  const fetch = egress.fetchWith({ limits, redirect: 'manual' });
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    const secret = (await credential?.headersFor(url)) ?? {};
    for (const [name, value] of Object.entries(secret)) headers.set(name, value);
    const response = await fetch(input, { ...init, headers, redirect: 'manual', ...(signal && { signal }) });
    if (response.status >= 300 && response.status < 400 && response.status !== 304) {
      await response.body?.cancel();
      throw redirected();
    }
    return withoutEcho(response, secret);
  };
}

const redirected = (): StepError =>
  new StepError({
    code: 'tool.redirected',
    message:
      'The service sends requests elsewhere, where the credential does not go: check the address of the service.',
    retryable: false,
  });

async function withoutEcho(response: Response, secret: Readonly<Record<string, string>>): Promise<Response> {
  const { status, statusText, headers } = response;
  const body = BODILESS.includes(status)
    ? null
    : isEventStream(headers)
      ? (response.body?.pipeThrough(secretEchoStream(secret)) ?? null)
      : secretEcho(secret)(await response.text());
  return new Response(body, { status, statusText, headers });
}

const isEventStream = (headers: Headers): boolean => /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
