import { ModelCallError } from '../errors/model-call-error.js';
import { ProviderError } from '../errors/provider-error.js';
import { redactSecrets } from '../errors/redact-secrets.js';
import { StreamInterruptedError } from '../errors/stream-interrupted-error.js';
import { describeConnectionError } from './describe-connection-error.js';
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

/** What a provider's own account of a failure says. */
export interface ReportedError {
  readonly message?: string;
  /** The provider's names for it, the most telling first. */
  readonly names: readonly string[];
  /** For providers that say in the body how long to wait. */
  readonly retryAfterMs?: number;
}

/** How one provider reports failures. */
export interface ErrorDialect {
  /** Reads an error's body, which may be anything at all. */
  read(body: unknown): ReportedError;
  /** Our codes for those names of the provider that say more than the status does. */
  readonly codes: Readonly<Record<string, string>>;
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

/** Waiting does not refill an empty account, nor does repeating mend a request. */
const TERMINAL: ReadonlySet<string> = new Set([
  'provider.bad_request',
  'provider.content_filtered',
  'provider.context_length_exceeded',
  'provider.forbidden',
  'provider.not_found',
  'provider.quota_exhausted',
  'provider.request_too_large',
  'provider.unauthorized',
]);
const LONGEST_MESSAGE = 500;
const LONGEST_CHAIN = 6;

/** Whatever was thrown during a call, as one of our errors; the caller's own abort reason stays what it is. */
export function toCallError(error: unknown, call: FailedCall, dialect: ErrorDialect): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  const own = ownErrorIn(error);
  if (own) return own;
  const status = (error as { status?: unknown } | null)?.status;
  if (typeof status === 'number') return fromStatus(status, error as RefusedCall, call, dialect);
  const problem = describeConnectionError(error);
  if (call.answering && problem.retryable) {
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

/** SDKs wrap what is thrown below them. */
function ownErrorIn(error: unknown): ProviderError | undefined {
  let current = error;
  for (let depth = 0; depth < LONGEST_CHAIN && typeof current === 'object' && current !== null; depth++) {
    if (current instanceof ProviderError) return current;
    current = (current as { cause?: unknown }).cause;
  }
  return undefined;
}

/** An error that the provider reports inside an answer that began well. */
export function fromErrorBody(body: unknown, call: FailedCall, dialect: ErrorDialect): ModelCallError {
  const reported = dialect.read(body);
  const code = codeOf(undefined, reported, dialect) ?? 'provider.server_error';
  const message = `${call.model} reported an error: ${reported.message ?? 'no message'}`;
  return new ModelCallError(code, printable(message, call), {
    retryable: !TERMINAL.has(code),
    retryAfterMs: reported.retryAfterMs,
    outputStarted: call.outputStarted,
  });
}

/** The part of a refusal that we read, ours or an SDK's. Its cause stays behind. */
interface RefusedCall {
  readonly message: string;
  readonly headers?: Headers;
  readonly error?: unknown;
}

function fromStatus(status: number, refused: RefusedCall, call: FailedCall, dialect: ErrorDialect): ModelCallError {
  const reported = dialect.read(refused.error);
  const code = codeOf(status, reported, dialect) ?? (status >= 500 ? 'provider.server_error' : 'provider.refused');
  const said = reported.message ?? refused.message.replace(/^\d{3} /, '');
  const message = /<(?:!doctype|html|head|body)/i.test(said) ? 'a web page instead of an error message' : said;
  return new ModelCallError(code, printable(`${call.model} answered ${status}: ${message}`, call), {
    status,
    retryable: TERMINAL.has(code) ? false : undefined,
    retryAfterMs: retryAfterMs(refused.headers, Date.now()) ?? reported.retryAfterMs,
    outputStarted: call.outputStarted,
  });
}

function codeOf(status: number | undefined, reported: ReportedError, dialect: ErrorDialect): string | undefined {
  const named = reported.names.find((name) => Object.hasOwn(dialect.codes, name));
  if (named !== undefined) return dialect.codes[named];
  return status === undefined ? undefined : CODE_BY_STATUS[status];
}

function printable(message: string, call: FailedCall): string {
  const redacted = redactSecrets(message.slice(0, 4 * LONGEST_MESSAGE), call.secrets)
    .replace(/\s+/g, ' ')
    .trim();
  return redacted.length > LONGEST_MESSAGE ? `${redacted.slice(0, LONGEST_MESSAGE)}…` : redacted;
}
