const KEY_LIKE =
  /\b(?:sk|pk|rk|key|xai|gsk)[-_][A-Za-z0-9_*.-]{6,200}|\bAIza[A-Za-z0-9_-]{20,80}|\bBearer\s+[^\s"',;<>]{4,400}/gi;
const SHORTEST_FRAGMENT = 5;
/** A short key may be an ordinary word, such as "ollama": only the whole of it is taken out. */
const FRAGMENTS_FROM_LENGTH = 16;

/**
 * Takes known secrets out of a text that came from outside: as they are, base64, URL-encoded, reversed, and their
 * beginnings and ends down to five characters, which is how servers like to quote a rejected key.
 */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST_FRAGMENT) continue;
    for (const form of formsOf(secret)) {
      redacted =
        secret.length < FRAGMENTS_FROM_LENGTH
          ? redacted.replaceAll(form, '[redacted]')
          : withoutFragments(redacted, form);
    }
  }
  return redacted.replace(KEY_LIKE, '[redacted]');
}

function formsOf(secret: string): string[] {
  const backwards = [...secret].reverse().join('');
  const encoded = [secret, `Bearer ${secret}`].flatMap((plain) => {
    const bytes = Buffer.from(plain);
    return [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')];
  });
  return [...new Set([secret, backwards, encodeURIComponent(secret), ...encoded])];
}

function withoutFragments(text: string, form: string): string {
  const start = form.slice(0, SHORTEST_FRAGMENT);
  const end = form.slice(-SHORTEST_FRAGMENT);
  let result = text;
  for (let at = result.indexOf(start); at !== -1; at = result.indexOf(start, at + 1)) {
    let length = SHORTEST_FRAGMENT;
    while (length < form.length && result[at + length] === form[length]) length++;
    result = `${result.slice(0, at)}[redacted]${result.slice(at + length)}`;
  }
  for (let at = result.lastIndexOf(end); at > 0; at = at > 0 ? result.lastIndexOf(end, at - 1) : -1) {
    let from = at;
    while (from > 0 && result[from - 1] === form[form.length - SHORTEST_FRAGMENT - 1 - (at - from)]) from--;
    result = `${result.slice(0, from)}[redacted]${result.slice(at + SHORTEST_FRAGMENT)}`;
    at = from;
  }
  return result;
}
