import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/** Tools that organisations bring themselves. */
export class CreateToolSets1795356000000 implements MigrationInterface {
  name = 'CreateToolSets1795356000000';

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

const TABLES = ['tool_set', 'tool_set_tool'];

const UP = [
  `CREATE TABLE tool_set (
    id uuid CONSTRAINT tool_set_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT tool_set_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    slug text NOT NULL,
    kind text NOT NULL CONSTRAINT tool_set_kind_check CHECK (kind IN ('mcp', 'openapi')),
    url text NOT NULL,
    credential_id uuid,
    settings jsonb NOT NULL DEFAULT '{}',
    status text NOT NULL CONSTRAINT tool_set_status_check CHECK (status IN ('ready', 'needs_review', 'unreachable')),
    last_error text,
    left_out jsonb NOT NULL DEFAULT '[]',
    checked_at timestamptz,
    revision integer NOT NULL DEFAULT 1,
    created_by_user_id uuid CONSTRAINT tool_set_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tool_set_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT tool_set_org_id_slug_key UNIQUE (org_id, slug),
    CONSTRAINT tool_set_org_id_name_key UNIQUE (org_id, name)
  )`,
  `CREATE TABLE tool_set_tool (
    id uuid CONSTRAINT tool_set_tool_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    tool_set_id uuid NOT NULL,
    remote_name text NOT NULL,
    name text NOT NULL,
    description text NOT NULL,
    input_schema jsonb NOT NULL,
    output_schema jsonb,
    effect text NOT NULL CONSTRAINT tool_set_tool_effect_check CHECK (effect IN ('read', 'write')),
    offered_effect text NOT NULL CONSTRAINT tool_set_tool_offered_effect_check CHECK (offered_effect IN ('read', 'write')),
    repeatable boolean NOT NULL,
    approval text NOT NULL CONSTRAINT tool_set_tool_approval_check CHECK (approval IN ('never', 'onWrite', 'always')),
    enabled boolean NOT NULL,
    definition jsonb NOT NULL,
    content_hash text NOT NULL,
    approved_hash text,
    approved_content jsonb,
    gone_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tool_set_tool_tool_set_fkey FOREIGN KEY (org_id, tool_set_id) REFERENCES tool_set (org_id, id) ON DELETE CASCADE,
    CONSTRAINT tool_set_tool_org_id_name_key UNIQUE (org_id, name),
    CONSTRAINT tool_set_tool_tool_set_id_remote_name_key UNIQUE (tool_set_id, remote_name)
  )`,
  `CREATE INDEX tool_set_tool_org_id_idx ON tool_set_tool (org_id, tool_set_id)`,
];
