import type { StepContext } from '../../node-kind.js';
import { StepError } from '../../step-error.js';
import type { HttpReply, HttpRequest } from '../../step-services.js';
import { maskHttpRequest } from './mask-http-request.js';

/** Methods that a service must bear to be called twice (RFC 9110, 9.2.2). */
const REPEATABLE_METHODS = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const READING_METHODS = new Set(['GET', 'HEAD']);

/**
 * Sends what only reads at once, and what writes through the effect ledger.
 *
 * @throws StepError `http.status` for 4xx and 5xx, or what the service threw. Retryable only when the failure may pass
 *   (no answer, 408, 429, 5xx) and the request may be repeated or has certainly not been acted upon.
 */
export async function sendHttpRequest(
  request: HttpRequest,
  idempotent: boolean,
  context: StepContext,
): Promise<HttpReply> {
  const { services, idempotencyKey } = context;
  const { method } = request;
  const shown = maskHttpRequest(request);
  context.showInput(shown);
  const repeatable = idempotent || REPEATABLE_METHODS.has(method);
  const send = async (): Promise<HttpReply> => {
    const { status, headers, body } = await services.http(request, { signal: context.signal, idempotencyKey });
    if (status >= 400) throw statusError(request, { status, headers, body }, repeatable);
    return { status, headers, body };
  };
  if (READING_METHODS.has(method)) return send();
  const title = `${method} ${new URL(request.url).host}`;
  return context.effect({ call: 'http', repeatable, title, request: shown }, send);
}

function statusError(request: HttpRequest, { status, headers }: HttpReply, repeatable: boolean): StepError {
  const mayPass = status === 408 || status === 429 || status >= 500;
  return new StepError({
    code: 'http.status',
    message: `${request.method} ${new URL(request.url).host} answered with status ${status}.`,
    retryable: mayPass && repeatable,
    retryAfterMs: retryAfterMs(headers['retry-after']),
  });
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const seconds = Number(header);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return waitMs > 0 ? waitMs : undefined;
}
