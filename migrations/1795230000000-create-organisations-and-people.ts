import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, orgScopeStatements, SYSTEM_ROLE } from '#platform/database';

/** People are the installation's; everything that belongs to an organisation carries org_id and the second lock. */
export class CreateOrganisationsAndPeople1795230000000 implements MigrationInterface {
  name = 'CreateOrganisationsAndPeople1795230000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const statement of orgScopeStatements('organization', 'id')) await runner.query(statement);
    for (const table of SCOPED) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    for (const table of GLOBAL) {
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON "${table}" TO ${APP_ROLE}, ${SYSTEM_ROLE}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...SCOPED, ...GLOBAL.slice().reverse(), 'organization'].reverse()) {
      await runner.query(`DROP TABLE IF EXISTS "${table}" CASCADE`);
    }
  }
}

const SCOPED = ['role', 'org_membership', 'team', 'team_membership', 'invitation', 'api_key', 'idempotency_key'];

const GLOBAL = ['user', 'auth_session', 'refresh_token', 'one_time_token'];

const UP = [
  `CREATE TABLE "user" (
    id uuid CONSTRAINT user_pkey PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL,
    password_hash text,
    email_verified_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE UNIQUE INDEX user_email_key ON "user" (lower(email))`,
  `CREATE TABLE organization (
    id uuid CONSTRAINT organization_pkey PRIMARY KEY,
    name text NOT NULL,
    slug text NOT NULL CONSTRAINT organization_slug_key UNIQUE,
    plan text NOT NULL CONSTRAINT organization_plan_check CHECK (plan IN ('free', 'basic', 'pro', 'enterprise')),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE TABLE role (
    id uuid CONSTRAINT role_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT role_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    permissions text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT role_org_id_name_key UNIQUE (org_id, name),
    CONSTRAINT role_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE TABLE org_membership (
    id uuid CONSTRAINT org_membership_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT org_membership_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    user_id uuid NOT NULL CONSTRAINT org_membership_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    role text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT org_membership_org_id_user_id_key UNIQUE (org_id, user_id),
    CONSTRAINT org_membership_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX org_membership_user_id_idx ON org_membership (user_id)`,
  `CREATE TABLE team (
    id uuid CONSTRAINT team_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT team_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT team_org_id_name_key UNIQUE (org_id, name),
    CONSTRAINT team_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE TABLE team_membership (
    id uuid CONSTRAINT team_membership_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    team_id uuid NOT NULL,
    membership_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT team_membership_team_fkey FOREIGN KEY (org_id, team_id) REFERENCES team (org_id, id) ON DELETE CASCADE,
    CONSTRAINT team_membership_membership_fkey FOREIGN KEY (org_id, membership_id) REFERENCES org_membership (org_id, id) ON DELETE CASCADE,
    CONSTRAINT team_membership_key UNIQUE (org_id, team_id, membership_id)
  )`,
  `CREATE TABLE invitation (
    id uuid CONSTRAINT invitation_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT invitation_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    email text NOT NULL,
    role text NOT NULL,
    token_hash text NOT NULL CONSTRAINT invitation_token_hash_key UNIQUE,
    invited_by_user_id uuid NOT NULL CONSTRAINT invitation_invited_by_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX invitation_org_id_idx ON invitation (org_id, created_at DESC)`,
  `CREATE TABLE api_key (
    id uuid CONSTRAINT api_key_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT api_key_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    prefix text NOT NULL,
    key_hash text NOT NULL CONSTRAINT api_key_key_hash_key UNIQUE,
    scopes text[] NOT NULL,
    created_by_user_id uuid NOT NULL CONSTRAINT api_key_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX api_key_org_id_idx ON api_key (org_id, created_at DESC, id DESC)`,
  `CREATE TABLE auth_session (
    id uuid CONSTRAINT auth_session_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT auth_session_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  )`,
  `CREATE INDEX auth_session_user_id_idx ON auth_session (user_id)`,
  `CREATE TABLE refresh_token (
    id uuid CONSTRAINT refresh_token_pkey PRIMARY KEY,
    session_id uuid NOT NULL CONSTRAINT refresh_token_session_id_fkey REFERENCES auth_session (id) ON DELETE CASCADE,
    token_hash text NOT NULL CONSTRAINT refresh_token_token_hash_key UNIQUE,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX refresh_token_session_id_idx ON refresh_token (session_id)`,
  `CREATE TABLE one_time_token (
    id uuid CONSTRAINT one_time_token_pkey PRIMARY KEY,
    user_id uuid NOT NULL CONSTRAINT one_time_token_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    purpose text NOT NULL CONSTRAINT one_time_token_purpose_check CHECK (purpose IN ('sign-in', 'reset-password', 'verify-email')),
    token_hash text NOT NULL CONSTRAINT one_time_token_token_hash_key UNIQUE,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX one_time_token_user_id_idx ON one_time_token (user_id)`,
  `CREATE TABLE idempotency_key (
    org_id uuid NOT NULL CONSTRAINT idempotency_key_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    key text NOT NULL,
    request_hash text NOT NULL,
    status_code integer,
    response json,
    execution_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '24 hours',
    CONSTRAINT idempotency_key_pkey PRIMARY KEY (org_id, key)
  )`,
  `CREATE INDEX idempotency_key_expires_at_idx ON idempotency_key (expires_at)`,
];
