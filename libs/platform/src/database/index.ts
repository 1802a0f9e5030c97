/** Postgres, embedded or as a service: opening, migrating, checking the tenancy lock, and handing out the one DataSource. */
export { despiteAbsence, isDatabaseAway } from './database-away.js';
export { DATABASE, DatabaseModule } from './database.module.js';
export { type Database, openDatabase } from './open-database.js';
export { APP_ROLE, SYSTEM_ROLE } from './roles.js';
export { orgScopeStatements } from './org-scope-statements.js';
export { checkOrgProtection } from './preconditions.js';
