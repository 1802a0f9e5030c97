import { ModelCallError } from '../../errors/model-call-error.js';
import { ProviderError } from '../../errors/provider-error.js';
import { redactSecrets } from '../../errors/redact-secrets.js';
import { StreamInterruptedError } from '../../errors/stream-interrupted-error.js';
import { describeConnectionError } from './describe-connection-error.js';
import type { OpenAIErrorBody } from './openai-api-types.js';
import { retryAfterMs } from './retry-after.js';

export interface FailedCall {
  /** `provider/model`, for the message. */
  readonly model: string;
  readonly signal?: AbortSignal;
  readonly secrets: readonly string[];
  /** True when part of the answer had been delivered. */
  readonly outputStarted: boolean;
  /** True once the provider had begun its answer: then a broken connection is an interrupted stream. */
  readonly answering: boolean;
}

const CODE_BY_STATUS: Readonly<Record<number, string>> = {
  400: 'provider.bad_request',
  401: 'provider.unauthorized',
  402: 'provider.quota_exhausted',
  403: 'provider.forbidden',
  404: 'provider.not_found',
  408: 'provider.timeout',
  413: 'provider.request_too_large',
  422: 'provider.bad_request',
  429: 'provider.rate_limited',
  503: 'provider.overloaded',
  529: 'provider.overloaded',
};

/** Codes of the provider that say more than the status does. Waiting does not refill an empty account. */
const CODE_BY_PROVIDER_CODE: Readonly<Record<string, string>> = {
  insufficient_quota: 'provider.quota_exhausted',
  context_length_exceeded: 'provider.context_length_exceeded',
  content_filter: 'provider.content_filtered',
  content_policy_violation: 'provider.content_filtered',
  rate_limit_exceeded: 'provider.rate_limited',
  server_error: 'provider.server_error',
};
const TERMINAL = new Set(['provider.quota_exhausted', 'provider.context_length_exceeded', 'provider.content_filtered']);
const LONGEST_MESSAGE = 500;

/** Whatever was thrown during a call, as one of our errors; the caller's own abort reason stays what it is. */
export function toProviderError(error: unknown, call: FailedCall): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof ProviderError) return error;
  const status = (error as { status?: unknown }).status;
  if (typeof status === 'number') return fromStatus(status, error as RefusedCall, call);
  const problem = describeConnectionError(error);
  if (call.answering && problem.retryable && problem.code !== 'provider.invalid_reply') {
    return new StreamInterruptedError(
      `The connection to ${call.model} broke before its answer was complete (${problem.reason}).`,
      call,
    );
  }
  return new ModelCallError(
    problem.code,
    redactSecrets(`The call to ${call.model} failed: ${problem.reason}.`, call.secrets),
    { retryable: problem.retryable, outputStarted: call.outputStarted },
  );
}

/** An error that the provider reports inside an answer that began well. */
export function fromErrorBody(body: OpenAIErrorBody | string, call: FailedCall): ModelCallError {
  const details = typeof body === 'string' ? { message: body } : body;
  const code = codeOf(undefined, details) ?? 'provider.server_error';
  const message = `${call.model} reported an error: ${details.message ?? 'no message'}`;
  return new ModelCallError(code, printable(message, call), {
    retryable: !TERMINAL.has(code),
    outputStarted: call.outputStarted,
  });
}

/** The part of the SDK's error that we read. Its headers and cause stay behind. */
interface RefusedCall {
  readonly message: string;
  readonly headers?: Headers;
  readonly error?: OpenAIErrorBody;
}

function fromStatus(status: number, refused: RefusedCall, call: FailedCall): ModelCallError {
  const code = codeOf(status, refused.error) ?? (status >= 500 ? 'provider.server_error' : 'provider.refused');
  const said = refused.error?.message ?? refused.message.replace(/^\d{3} /, '');
  const message = /<(?:!doctype|html|head|body)/i.test(said) ? 'a web page instead of an error message' : said;
  return new ModelCallError(code, printable(`${call.model} answered ${status}: ${message}`, call), {
    status,
    retryable: TERMINAL.has(code) ? false : undefined,
    retryAfterMs: retryAfterMs(refused.headers, Date.now()),
    outputStarted: call.outputStarted,
  });
}

function codeOf(status: number | undefined, body: OpenAIErrorBody | undefined): string | undefined {
  for (const named of [body?.code, body?.type]) {
    if (typeof named === 'string' && Object.hasOwn(CODE_BY_PROVIDER_CODE, named)) return CODE_BY_PROVIDER_CODE[named];
  }
  return status === undefined ? undefined : CODE_BY_STATUS[status];
}

function printable(message: string, call: FailedCall): string {
  const redacted = redactSecrets(message.slice(0, 4 * LONGEST_MESSAGE), call.secrets)
    .replace(/\s+/g, ' ')
    .trim();
  return redacted.length > LONGEST_MESSAGE ? `${redacted.slice(0, LONGEST_MESSAGE)}…` : redacted;
}
