import { randomBytes } from 'node:crypto';
import { wrongSecret } from '../triggers.errors.js';
import type { Verification } from './verification.js';

const STANDARD_PREFIX = 'whsec_';

/** A new secret as its kind writes it. */
export function makeWebhookSecret(verification: Verification): string {
  const bytes = randomBytes(32);
  return verification === 'standard-webhooks'
    ? `${STANDARD_PREFIX}${bytes.toString('base64')}`
    : bytes.toString('base64url');
}

/** @throws AppError invalid when the secret that a sender gave is too short or not written as its kind wants it */
export function assertUsableSecret(verification: Verification, secret: string): void {
  if (verification === 'hmac-sha256') {
    if (secret.length < 16) throw wrongSecret('Use at least 16 characters.');
    return;
  }
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length < 24 || bytes.length > 64 || bytes.toString('base64') !== base64) {
    throw wrongSecret('A Standard Webhooks secret is whsec_ and 24 to 64 bytes in base64.');
  }
}
