import type { FieldProblem } from '#platform/errors';
import type { CredentialField, CredentialKind, FieldValues } from './kinds/credential-kind.js';

const MAX_TEXT = 2_000;
const MAX_SECRET = 16_000;
/** A hint is given for secrets so long that four signs of them help nobody. */
const HINTED_LENGTH = 20;
const HINT_LENGTH = 4;

/** What was typed; null or '' takes a value away. */
export type FieldChanges = Readonly<Record<string, string | null>>;

/** Values after a change; unknown names stay, so that the check can name them. */
export function withChanges(before: FieldValues, changes: FieldChanges): FieldValues {
  const after = new Map(Object.entries(before));
  for (const [name, value] of Object.entries(changes)) {
    const trimmed = typeof value === 'string' ? value.trim() : value;
    if (trimmed === null || trimmed === '') after.delete(name);
    else after.set(name, trimmed);
  }
  return Object.fromEntries(after);
}

/** Everything that is wrong with the values of a credential. */
export function fieldProblems(kind: CredentialKind, values: FieldValues): FieldProblem[] {
  const unknown = Object.keys(values).filter((name) => !kind.fields.some((field) => field.name === name));
  const problems = [
    ...unknown.map((name) => problem(name, 'unknown', `${kind.title} has no such field. Leave it out.`)),
    ...kind.fields.flatMap((field) => {
      const message = wrongValue(field, Object.hasOwn(values, field.name) ? values[field.name] : undefined);
      return message === null ? [] : [problem(field.name, 'invalid', message)];
    }),
  ];
  const whole = problems.length === 0 ? (kind.check?.(values) ?? null) : null;
  return whole === null ? problems : [{ pointer: '/fields', code: 'invalid', message: whole }];
}

function problem(name: string, code: string, message: string): FieldProblem {
  return { pointer: `/fields/${name.replaceAll('~', '~0').replaceAll('/', '~1').slice(0, 100)}`, code, message };
}

function wrongValue(field: CredentialField, value: string | undefined): string | null {
  const { title, type, required, multiline, unicode } = field;
  if (value === undefined) return required ? `Enter ${title}.` : null;
  const most = type === 'secret' ? MAX_SECRET : MAX_TEXT;
  if (typeof value !== 'string') return `${title} must be a text.`;
  if (value.length > most) return `${title} has more than ${most} characters.`;
  // A line break in a value would end the header that carries it.
  if ((multiline ? /[\0]/ : /[\u0000-\u001f\u007f]/).test(value))
    return `${title} must not contain control characters.`;
  if (type === 'url') return isPlainUrl(value) ? null : `${title} must be an http or https address without a password.`;
  if (type === 'number') return /^\d{1,5}$/.test(value) ? null : `${title} must be a whole number.`;
  if (type === 'secret' && !unicode && !multiline && /[^\u0020-\u00ff]/.test(value)) {
    return `${title} contains signs that cannot be sent. Copy it again.`;
  }
  return null;
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
}

/** Secrets and the rest of a credential's values. */
export function splitValues(kind: CredentialKind, values: FieldValues): { secrets: FieldValues; shown: FieldValues } {
  const isSecret = ([name]: [string, string]): boolean =>
    kind.fields.some((field) => field.name === name && field.type === 'secret');
  const entries = Object.entries(values);
  return {
    secrets: Object.fromEntries(entries.filter(isSecret)),
    shown: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
  };
}

/** Which secrets are set, with their last four signs when they are long. */
export function hintsOf(secrets: FieldValues): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, value]) => [
      name,
      value.length >= HINTED_LENGTH ? value.slice(-HINT_LENGTH) : null,
    ]),
  );
}
