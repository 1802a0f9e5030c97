import { writtenForms } from './secret-forms.js';

/** What stands where a secret came back. */
const MASK = '•••';
/** Shorter ones would be found in texts that have nothing to do with them. */
const SHORTEST_MASKED = 8;

type SentHeaders = Readonly<Record<string, string>>;

/**
 * Takes the secrets of these headers out of what a service answers: one that repeats what it was sent must not carry
 * them into the record of a run.
 * @param headers as `CredentialVault.headersFor` gave them
 */
export function secretEcho(headers: SentHeaders): (text: string) => string {
  return maskOf(secretsIn(headers));
}

/**
 * As `secretEcho`, for an answer in UTF-8 that is read while it comes. Of what has come it keeps back only what may be
 * the beginning of a secret.
 */
export function secretEchoStream(headers: SentHeaders): TransformStream<Uint8Array, Uint8Array> {
  const secrets = secretsIn(headers);
  const masked = maskOf(secrets);
  const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];
  let kept = '';
  return new TransformStream({
    transform(chunk, controller) {
      const text = masked(kept + decoder.decode(chunk, { stream: true }));
      const begun = Math.max(0, ...secrets.map((secret) => lengthBegun(text, secret)));
      kept = text.slice(text.length - begun);
      if (text.length > begun) controller.enqueue(encoder.encode(text.slice(0, text.length - begun)));
    },
    flush(controller) {
      const rest = masked(kept + decoder.decode());
      if (rest !== '') controller.enqueue(encoder.encode(rest));
    },
  });
}

/** Headers that come along with a credential and are the same for everybody: `x-github-api-version` is a date that answers are full of. */
const NO_SECRET = /-version$/;

/** Every form of what is secret in these headers, the longest first. */
function secretsIn(headers: SentHeaders): readonly string[] {
  const parts = Object.entries(headers).flatMap(([name, value]) => (NO_SECRET.test(name) ? [] : secretParts(value)));
  const forms = parts.filter(({ length }) => length >= SHORTEST_MASKED).flatMap(writtenForms);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** The whole value, what follows its scheme, and the password that Basic wraps: services say "wrong password …". */
function secretParts(value: string): readonly string[] {
  const token = value.replace(/^(Bearer|Basic) /, '');
  const pair = value.startsWith('Basic ') ? Buffer.from(token, 'base64').toString('utf8') : '';
  return [value, token, pair, pair.slice(pair.indexOf(':') + 1)];
}

function maskOf(secrets: readonly string[]): (text: string) => string {
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, MASK), text);
}

/** How much of a secret, but not all of it, stands at the end of a text. */
function lengthBegun(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
