import type { StepContext } from '../../node-kind.js';
import { StepError } from '../../step-error.js';
import type { HttpReply, HttpRequest } from '../../step-services.js';
import { maskHttpRequest } from './mask-http-request.js';

/** Methods that a service must bear to be called twice (RFC 9110, 9.2.2). */
const REPEATABLE_METHODS = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/**
 * @throws StepError `http.status` for 4xx and 5xx, or what the service threw. Retryable only when the failure may pass
 *   (no answer, 408, 429, 5xx) and the request may be repeated.
 */
export async function sendHttpRequest(
  request: HttpRequest,
  idempotent: boolean,
  context: StepContext,
): Promise<HttpReply> {
  const { services, signal, idempotencyKey } = context;
  context.showInput(maskHttpRequest(request));
  const repeatable = idempotent || REPEATABLE_METHODS.has(request.method);
  let reply: HttpReply;
  try {
    reply = await services.http(request, { signal, idempotencyKey });
  } catch (error) {
    if (!(error instanceof StepError) || !error.retryable || repeatable) throw error;
    throw new StepError({ code: error.code, message: error.message, retryable: false, cause: error });
  }
  if (reply.status >= 400) throw statusError(request, reply, repeatable);
  return { status: reply.status, headers: reply.headers, body: reply.body };
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
