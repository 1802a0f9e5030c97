import { authErrors } from '../auth.errors.js';
import type { Principal } from '../principal.js';

/** An account is a person's own: a key of theirs, however wide, cannot change it. @throws AppError forbidden for an API key */
export function requirePerson(principal: Principal): void {
  if (principal.kind !== 'user') throw authErrors.personRequired();
}
