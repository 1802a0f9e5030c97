import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/** The prompt library: drafts that people edit, and versions that agents use. */
export class CreatePrompts1795352400000 implements MigrationInterface {
  name = 'CreatePrompts1795352400000';

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

const TABLES = ['prompt', 'prompt_version'];

const UP = [
  `CREATE TABLE prompt (
    id uuid CONSTRAINT prompt_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT prompt_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    revision integer NOT NULL DEFAULT 1,
    draft json NOT NULL,
    draft_revision integer NOT NULL DEFAULT 1,
    draft_updated_at timestamptz NOT NULL DEFAULT now(),
    draft_hash text NOT NULL,
    published_version integer,
    published_hash text,
    created_by_user_id uuid CONSTRAINT prompt_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT prompt_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT prompt_org_id_name_key UNIQUE (org_id, name)
  )`,
  `CREATE INDEX prompt_org_id_idx ON prompt (org_id, created_at DESC, id DESC)`,
  `CREATE TABLE prompt_version (
    id uuid CONSTRAINT prompt_version_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    prompt_id uuid NOT NULL,
    number integer NOT NULL,
    note text NOT NULL DEFAULT '',
    content json NOT NULL,
    content_hash text NOT NULL,
    created_by_user_id uuid CONSTRAINT prompt_version_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT prompt_version_prompt_fkey FOREIGN KEY (org_id, prompt_id) REFERENCES prompt (org_id, id) ON DELETE CASCADE,
    CONSTRAINT prompt_version_prompt_id_number_key UNIQUE (prompt_id, number)
  )`,
  `CREATE INDEX prompt_version_org_id_idx ON prompt_version (org_id, prompt_id, number)`,
];
