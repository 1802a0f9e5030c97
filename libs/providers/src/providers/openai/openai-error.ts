import type { ErrorDialect } from '../../wire/call-error.js';
import { fieldsOf } from '../../wire/fields-of.js';

/** How OpenAI, and whoever imitates it, reports failures: `{ message, type, param, code }`, or just words. */
export const OPENAI_ERRORS: ErrorDialect = {
  codes: {
    insufficient_quota: 'provider.quota_exhausted',
    context_length_exceeded: 'provider.context_length_exceeded',
    content_filter: 'provider.content_filtered',
    content_policy_violation: 'provider.content_filtered',
    rate_limit_exceeded: 'provider.rate_limited',
    server_error: 'provider.server_error',
    server_is_overloaded: 'provider.overloaded',
  },
  read(body) {
    if (typeof body === 'string') return { message: body, names: [] };
    const { message, code, type } = fieldsOf(body);
    return {
      message: typeof message === 'string' ? message : undefined,
      names: [code, type].filter((name) => typeof name === 'string'),
    };
  },
};
