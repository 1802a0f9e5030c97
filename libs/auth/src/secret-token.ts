import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text that is safe in an address, a header and a cookie. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What the database keeps of a secret that we made ourselves. One fast hash is enough: 256 random bits cannot be
 * guessed, unlike a password.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
