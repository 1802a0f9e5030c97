import type { ErrorDialect } from '../../wire/call-error.js';
import { fieldsOf } from '../../wire/fields-of.js';

/** What the API says in words only. */
const NAME_BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/credit balance is too low/i, 'billing_error'],
  [/prompt is too long|exceed(?:s|ed)? (?:the )?context (?:limit|window)/i, 'prompt_too_long'],
];

/** How Anthropic reports failures: `{ type: 'error', error: { type, message } }`, the inner part alone in streams. */
export const ANTHROPIC_ERRORS: ErrorDialect = {
  codes: {
    prompt_too_long: 'provider.context_length_exceeded',
    billing_error: 'provider.quota_exhausted',
    authentication_error: 'provider.unauthorized',
    permission_error: 'provider.forbidden',
    not_found_error: 'provider.not_found',
    request_too_large: 'provider.request_too_large',
    rate_limit_error: 'provider.rate_limited',
    timeout_error: 'provider.timeout',
    overloaded_error: 'provider.overloaded',
    api_error: 'provider.server_error',
    invalid_request_error: 'provider.bad_request',
  },
  read(body) {
    if (typeof body === 'string') return { message: body, names: [] };
    const inner = fieldsOf(body)['error'] ?? body;
    if (typeof inner === 'string') return { message: inner, names: [] };
    const { message, type } = fieldsOf(inner);
    if (typeof message !== 'string') return { names: typeof type === 'string' ? [type] : [] };
    const told = NAME_BY_MESSAGE.filter(([words]) => words.test(message.slice(0, 1_000))).map(([, name]) => name);
    return { message, names: typeof type === 'string' ? [...told, type] : told };
  },
};
