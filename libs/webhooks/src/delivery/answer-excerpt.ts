import type { ReadableStream } from 'node:stream/web';
import { redactSecrets } from '#platform/logging';

/** What of an answer's body is kept, in characters. */
const MAX_CHARACTERS = 1_024;

/** Read in bytes: more than is kept, so that a secret is found that lies across the cut. */
const MAX_BYTES = MAX_CHARACTERS + 512;

/** The rest of an answer may never end, so its beginning is not waited for either. */
const READ_WITHIN_MS = 2_000;

const MASK = '•••';

/** Terminals and screens do things at these; line breaks and tabs may stay. */
const CONTROL = /[^\P{C}\n\t]/gu;

/**
 * How a body begins, as text that people may see; null when it has no text. What a body repeats of the secrets that its
 * request was signed with is masked, and so is everything that looks like one.
 */
export async function answerExcerpt(
  body: ReadableStream<Uint8Array>,
  secrets: readonly string[],
): Promise<string | null> {
  const bytes = await firstBytes(body);
  const text = new TextDecoder().decode(bytes).replace(CONTROL, '');
  const known = secrets.flatMap((secret) => [secret, secret.replace(/^whsec_/, '')]);
  const masked = redactSecrets(known.reduce((left, secret) => left.replaceAll(secret, MASK), text)).trim();
  return masked === '' ? null : masked.slice(0, MAX_CHARACTERS);
}

/** Lets go of the rest. Never rejects: what came until then is what there is. */
async function firstBytes(body: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), READ_WITHIN_MS);
  try {
    for (let size = 0; size < MAX_BYTES;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.byteLength;
    }
  } catch {
    // The status has come; a body that breaks off afterwards changes nothing.
  } finally {
    clearTimeout(timer);
    await reader.cancel().catch(() => undefined);
  }
  return Buffer.concat(parts).subarray(0, MAX_BYTES);
}
