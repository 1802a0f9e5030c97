import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Settings } from '#platform/config';

/**
 * The signing key. A key object, because jsonwebtoken tries a plain text as a public key first, which makes each check
 * forty times as long.
 * @throws Error when start-up forgot `ensureSecrets`
 */
export function jwtKeyOf({ auth }: Settings): KeyObject {
  if (auth.jwtSecret === null)
    throw new Error('There is no JWT secret. Call ensureSecrets(settings) before the application starts.');
  return createSecretKey(auth.jwtSecret, 'utf8');
}
