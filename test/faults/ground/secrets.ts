import { randomBytes } from 'node:crypto';

const secret = (name: string): string => `planted-${name}-${randomBytes(18).toString('hex')}`;

/** Secrets of this test run; the invariant checker looks for them wherever they must never be (I-08). */
export const secrets = {
  apiKey: `af_${randomBytes(24).toString('hex')}`,
  password: secret('password'),
  jwtSecret: secret('jwt'),
  encryptionKey: secret('encryption'),
  providerKey: secret('provider'),
  /** In the Authorization header that an author wrote into an http node. */
  header: secret('header'),
};
