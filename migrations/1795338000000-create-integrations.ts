import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/**
 * What organisations keep in order to get in elsewhere, the key that each organisation's secrets are sealed with, and
 * the sign-ins at other services that are under way.
 */
export class CreateIntegrations1795338000000 implements MigrationInterface {
  name = 'CreateIntegrations1795338000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
  }
}

const TABLES = ['org_data_key', 'integration', 'oauth_authorization'];

const UP = [
  `CREATE TABLE org_data_key (
    id uuid CONSTRAINT org_data_key_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT org_data_key_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    sealed_key text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT org_data_key_org_id_key UNIQUE (org_id)
  )`,
  `CREATE TABLE integration (
    id uuid CONSTRAINT integration_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT integration_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    kind text NOT NULL,
    name text NOT NULL,
    fields jsonb NOT NULL DEFAULT '{}',
    secret_hints jsonb NOT NULL DEFAULT '{}',
    sealed_fields text NOT NULL,
    allowed_hosts text[] NOT NULL,
    sharing text NOT NULL DEFAULT 'use' CONSTRAINT integration_sharing_check CHECK (sharing IN ('private', 'use', 'edit')),
    sealed_tokens text,
    tokens_expire_at timestamptz,
    refresh_until timestamptz,
    test_outcome text CONSTRAINT integration_test_outcome_check CHECK (test_outcome IN ('ok', 'failed')),
    test_message text,
    tested_at timestamptz,
    last_used_at timestamptz,
    last_used_by text,
    created_by_user_id uuid CONSTRAINT integration_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT integration_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT integration_org_id_name_key UNIQUE (org_id, name)
  )`,
  `CREATE TABLE oauth_authorization (
    id uuid CONSTRAINT oauth_authorization_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    integration_id uuid NOT NULL,
    user_id uuid NOT NULL CONSTRAINT oauth_authorization_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    state_hash text NOT NULL CONSTRAINT oauth_authorization_state_hash_key UNIQUE,
    sealed_verifier text NOT NULL,
    redirect_uri text NOT NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT oauth_authorization_integration_fkey FOREIGN KEY (org_id, integration_id) REFERENCES integration (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX oauth_authorization_org_id_idx ON oauth_authorization (org_id)`,
];
