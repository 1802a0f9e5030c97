/**
 * The two roles that our own queries run as; neither owns a table, so row-level security binds both.
 * `agentflow_app` sees the organisation named in the transaction and nothing else; `agentflow_system` is what
 * `acrossOrgs` switches to, for one transaction.
 */
export const APP_ROLE = 'agentflow_app';
export const SYSTEM_ROLE = 'agentflow_system';

/** Idempotent and safe to race: roles belong to the whole Postgres cluster, not to one database. */
export const ROLE_STATEMENTS = [APP_ROLE, SYSTEM_ROLE].flatMap((role) => [
  `DO $$ BEGIN
     IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN; END IF;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
   END $$`,
  `DO $$ BEGIN
     IF NOT pg_has_role(current_user, '${role}', 'MEMBER') THEN GRANT ${role} TO CURRENT_USER; END IF;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
   END $$`,
  `GRANT USAGE ON SCHEMA public TO ${role}`,
]);
