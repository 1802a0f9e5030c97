/**
 * The wall between organisations, in two locks: the application stamps, filters and refuses (subscriber and scoped
 * repository), and Postgres holds alone when the application forgets (row-level security, docs/decisions/0005).
 */
export { acrossOrgs } from './across-orgs.js';
export { Idempotent } from './idempotent.decorator.js';
export { readIdempotencyKey, refuseOtherRequest, requestHash } from './idempotency.interceptor.js';
export { OrgContext } from './org-context.js';
export { OrgDatabase } from './org-database.js';
export { OrgScopedEntity } from './org-scoped.entity.js';
export { OrgScopedRepository } from './org-scoped.repository.js';
export { KeyRotation, type RotatedColumn } from './secrets/key-rotation.js';
export { OrgSecrets, type SecretPlace } from './secrets/org-secrets.js';
export { TenancyModule } from './tenancy.module.js';
