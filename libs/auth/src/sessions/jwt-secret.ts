import type { Settings } from '#platform/config';

/** The signing secret. @throws Error when start-up forgot `ensureSecrets` */
export function jwtSecretOf({ auth }: Settings): string {
  if (auth.jwtSecret === null)
    throw new Error('There is no JWT secret. Call ensureSecrets(settings) before the application starts.');
  return auth.jwtSecret;
}
