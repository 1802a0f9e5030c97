import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/** Drafts are documents, because a draft may be wrong; versions are rows, because they are checked and never change. */
export class CreateAgents1795230100000 implements MigrationInterface {
  name = 'CreateAgents1795230100000';

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

const TABLES = ['agent', 'agent_version', 'agent_node', 'agent_edge'];

const UP = [
  `CREATE TABLE agent (
    id uuid CONSTRAINT agent_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT agent_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    revision integer NOT NULL DEFAULT 1,
    draft json NOT NULL,
    draft_revision integer NOT NULL DEFAULT 1,
    draft_updated_at timestamptz NOT NULL DEFAULT now(),
    draft_hash text NOT NULL,
    published_version integer,
    published_hash text,
    created_by_user_id uuid CONSTRAINT agent_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    archived_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX agent_org_id_idx ON agent (org_id, created_at DESC, id DESC)`,
  `CREATE TABLE agent_version (
    id uuid CONSTRAINT agent_version_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    number integer NOT NULL,
    note text NOT NULL DEFAULT '',
    graph_hash text NOT NULL,
    created_by_user_id uuid CONSTRAINT agent_version_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_version_agent_fkey FOREIGN KEY (org_id, agent_id) REFERENCES agent (org_id, id) ON DELETE CASCADE,
    CONSTRAINT agent_version_agent_id_number_key UNIQUE (agent_id, number),
    CONSTRAINT agent_version_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE TABLE agent_node (
    id uuid CONSTRAINT agent_node_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    version_id uuid NOT NULL,
    node_id text NOT NULL,
    position integer NOT NULL,
    kind text NOT NULL,
    name text,
    config json NOT NULL,
    retry json,
    timeout_ms integer,
    x double precision,
    y double precision,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_node_version_fkey FOREIGN KEY (org_id, version_id) REFERENCES agent_version (org_id, id) ON DELETE CASCADE,
    CONSTRAINT agent_node_version_id_node_id_key UNIQUE (version_id, node_id)
  )`,
  `CREATE TABLE agent_edge (
    id uuid CONSTRAINT agent_edge_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    version_id uuid NOT NULL,
    position integer NOT NULL,
    from_node_id text NOT NULL,
    to_node_id text NOT NULL,
    port text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT agent_edge_version_fkey FOREIGN KEY (org_id, version_id) REFERENCES agent_version (org_id, id) ON DELETE CASCADE,
    CONSTRAINT agent_edge_version_id_position_key UNIQUE (version_id, position)
  )`,
];
