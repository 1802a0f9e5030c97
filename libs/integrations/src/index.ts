/** Credentials: what an organisation keeps in order to get in elsewhere, and the one place where it comes out. */
export { type ConnectionTester, ConnectionTesters } from './connection-testers.js';
export { type CredentialSummary, CredentialVault } from './credential-vault.js';
export { IntegrationsApiModule } from './integrations-api.module.js';
export { IntegrationsModule } from './integrations.module.js';
export { secretEcho, secretEchoStream } from './secret-echo.js';
