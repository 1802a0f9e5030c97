import { currentAmbient } from '#platform/context';
import { unauthenticated } from '#platform/errors';
import type { Permission } from './permission.js';

/** Who is asking, as the guard found out: a person with a session, or an API key. */
export interface Principal {
  readonly kind: 'user' | 'api-key';
  /** The person; for an API key the person who made it. */
  readonly userId: string;
  /** Session or API key: what is revoked to shut this principal out. */
  readonly credentialId: string;
  readonly orgId: string;
  readonly permissions: ReadonlySet<Permission>;
}

/** Who is asking. @throws AppError unauthenticated outside of an authenticated door */
export function currentPrincipal(): Principal {
  const principal = currentAmbient()?.principal as Principal | undefined;
  if (!principal) throw unauthenticated('auth.required', 'Sign in or send an API key.');
  return principal;
}
