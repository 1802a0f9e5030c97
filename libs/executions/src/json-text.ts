/**
 * JSON text that Postgres takes: it refuses NUL and halves of surrogate pairs inside JSON strings, which models and
 * web pages do send. Each becomes U+FFFD; everything else stays as it is.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return UNSTORABLE.test(text)
    ? text.replace(ESCAPES, (escape) => (UNSTORABLE.test(escape) ? '\ufffd' : escape))
    : text;
}

/** `JSON.stringify` writes whole pairs as they are, so an escaped surrogate is half of one. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/** Every escape as a whole, so that an escaped backslash before `u0000` is not taken for one. */
const ESCAPES = /\\(?:u[0-9a-f]{4}|.)/g;
