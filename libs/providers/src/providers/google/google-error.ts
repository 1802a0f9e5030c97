import type { ErrorDialect } from '../../wire/call-error.js';
import { fieldsOf, itemsOf } from '../../wire/fields-of.js';

/** How Google reports failures: `{ error: { code, message, status, details } }`, in a list when it was streaming. */
export const GOOGLE_ERRORS: ErrorDialect = {
  codes: {
    API_KEY_INVALID: 'provider.unauthorized',
    input_too_long: 'provider.context_length_exceeded',
    UNAUTHENTICATED: 'provider.unauthorized',
    PERMISSION_DENIED: 'provider.forbidden',
    NOT_FOUND: 'provider.not_found',
    RESOURCE_EXHAUSTED: 'provider.rate_limited',
    UNAVAILABLE: 'provider.overloaded',
    INTERNAL: 'provider.server_error',
    DEADLINE_EXCEEDED: 'provider.timeout',
    INVALID_ARGUMENT: 'provider.bad_request',
    FAILED_PRECONDITION: 'provider.bad_request',
  },
  read(body) {
    if (typeof body === 'string') return { message: body, names: [] };
    const outer = fieldsOf(Array.isArray(body) ? (body as unknown[])[0] : body);
    const { message, status, details } = fieldsOf(outer['error'] ?? outer);
    const facts = itemsOf(details).map(fieldsOf);
    const tooLong = typeof message === 'string' && /token count .{0,80}exceeds/i.test(message.slice(0, 1_000));
    const names = [...facts.map(({ reason }) => reason), tooLong ? 'input_too_long' : undefined, status];
    return {
      message: typeof message === 'string' ? message : undefined,
      names: names.filter((name) => typeof name === 'string'),
      retryAfterMs: facts.map(({ retryDelay }) => millisecondsOf(retryDelay)).find((ms) => ms !== undefined),
    };
  },
};

/** Google writes durations as `34.5s`. */
function millisecondsOf(duration: unknown): number | undefined {
  const seconds = typeof duration === 'string' ? /^(\d{1,6}(?:\.\d{1,9})?)s$/.exec(duration)?.[1] : undefined;
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1_000);
}
