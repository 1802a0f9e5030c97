import type { ErrorDialect } from '../../wire/call-error.js';
import { fieldsOf } from '../../wire/fields-of.js';

const NAME_BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/input length exceeds|exceeds? (?:the )?(?:available )?context/i, 'context_exceeded'],
  [/model .{0,200}not found/i, 'model_not_found'],
  [/does not support (?:tools|chat|generate|thinking|images)/i, 'not_supported'],
];

/** How Ollama reports failures: `{ error: 'words' }`, in streams too. */
export const OLLAMA_ERRORS: ErrorDialect = {
  codes: {
    context_exceeded: 'provider.context_length_exceeded',
    model_not_found: 'provider.not_found',
    not_supported: 'provider.bad_request',
  },
  read(body) {
    const said = typeof body === 'string' ? body : fieldsOf(body)['error'];
    const message = typeof said === 'string' ? said : fieldsOf(said)['message'];
    if (typeof message !== 'string') return { names: [] };
    const told = NAME_BY_MESSAGE.filter(([words]) => words.test(message.slice(0, 1_000)));
    return { message, names: told.map(([, name]) => name) };
  },
};
