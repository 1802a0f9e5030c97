import type { Principal } from '#auth';
import type { Integration } from './integration.entity.js';

type Shared = Pick<Integration, 'sharing' | 'createdByUserId'>;

/** Whoever looks after the organisation looks after what people leave behind in it. */
const isCaretaker = ({ permissions }: Principal): boolean =>
  permissions.has('org:write') && permissions.has('integrations:write');

const isMaker = ({ createdByUserId }: Shared, { userId }: Principal): boolean => createdByUserId === userId;

/** Whether it is there at all for this person. */
export function maySee(credential: Shared, principal: Principal): boolean {
  return credential.sharing !== 'private' || isMaker(credential, principal) || isCaretaker(principal);
}

export function mayUse(credential: Shared, principal: Principal): boolean {
  return principal.permissions.has('integrations:use') && maySee(credential, principal);
}

export function mayEdit(credential: Shared, principal: Principal): boolean {
  if (!principal.permissions.has('integrations:write')) return false;
  return credential.sharing === 'edit' || isMaker(credential, principal) || isCaretaker(principal);
}
