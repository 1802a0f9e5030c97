/** Shapes by which secrets are known wherever they turn up: our keys and tokens, bearer headers, URLs with a password, provider keys. */
const SHAPES: readonly [RegExp, string][] = [
  [/\baf_[A-Za-z0-9_-]{12,}/g, 'af_[redacted]'],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g, '[redacted token]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]'],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@"]{0,64}):[^\s@/"]+@/gi, '$1:[redacted]@'],
  [/\bsk-[A-Za-z0-9_-]{16,}/g, 'sk-[redacted]'],
];

/** The same text with everything that looks like a secret masked. */
export function redactSecrets(text: string): string {
  return SHAPES.reduce((masked, [shape, replacement]) => masked.replace(shape, replacement), text);
}
