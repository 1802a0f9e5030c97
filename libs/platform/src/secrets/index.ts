/** Secrets at rest: sealed under ENCRYPTION_KEY and bound to the row that they belong to. */
export { decrypt, encrypt } from './authenticated-encryption.js';
export { SecretBox, type SecretOwner, SecretUnreadableError } from './secret-box.js';
export { SecretsModule } from './secrets.module.js';
