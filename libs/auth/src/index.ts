/** Who you are and what you may do: people, sessions, organisations, members, roles and API keys. */
export { RequirePermission } from './access.decorators.js';
export { type Permission, PERMISSIONS } from './permission.js';
export { currentPrincipal, type Principal } from './principal.js';
export { AuthModule } from './auth.module.js';
export { AuthApiModule } from './auth-api.module.js';
export { PrincipalService } from './access/principal.service.js';
export { FirstRun, type InstallationOwner } from './first-run/first-run.js';
export { PublicAddress } from './public-address.js';
