import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/**
 * Conversations with agents, and what agents need for them: a name that clients write (`slug`), how they chat, and the
 * mark of those that we bring along ourselves.
 */
export class CreateConversations1795348800000 implements MigrationInterface {
  name = 'CreateConversations1795348800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
    await runner.query(
      `ALTER TABLE agent DROP CONSTRAINT agent_org_id_slug_key, DROP CONSTRAINT agent_org_id_built_in_key,
         DROP COLUMN slug, DROP COLUMN chat, DROP COLUMN built_in`,
    );
  }
}

const TABLES = ['conversation', 'message'];

const UP = [
  `ALTER TABLE agent ADD COLUMN slug text NOT NULL DEFAULT ('agent-' || gen_random_uuid()),
     ADD COLUMN chat jsonb NOT NULL DEFAULT '{}', ADD COLUMN built_in text`,
  // Two agents of one name: the elder keeps the plain slug.
  `UPDATE agent a SET slug = CASE WHEN n.place = 1 THEN n.base ELSE n.base || '-' || right(a.id::text, 8) END
     FROM (SELECT id, base, row_number() OVER (PARTITION BY org_id, base ORDER BY created_at, id) AS place
             FROM (SELECT id, org_id, created_at,
                          coalesce(nullif(trim('-' FROM left(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), 48)), ''), 'agent') AS base
                     FROM agent) named) n
    WHERE n.id = a.id`,
  `ALTER TABLE agent ADD CONSTRAINT agent_org_id_slug_key UNIQUE (org_id, slug),
     ADD CONSTRAINT agent_org_id_built_in_key UNIQUE (org_id, built_in)`,
  `CREATE TABLE conversation (
    id uuid CONSTRAINT conversation_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    version integer,
    owner_user_id uuid NOT NULL CONSTRAINT conversation_owner_user_id_fkey REFERENCES "user" (id) ON DELETE CASCADE,
    owner_key_id uuid,
    title text NOT NULL,
    turns integer NOT NULL DEFAULT 0,
    summary text,
    summary_turn integer NOT NULL DEFAULT 0,
    summary_execution_id uuid,
    summary_upto_turn integer,
    session jsonb NOT NULL DEFAULT '{}',
    session_expires_at timestamptz,
    expires_at timestamptz,
    last_message_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT conversation_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT conversation_agent_fkey FOREIGN KEY (org_id, agent_id) REFERENCES agent (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX conversation_owner_idx ON conversation (org_id, owner_user_id, owner_key_id, created_at DESC, id DESC)`,
  `CREATE INDEX conversation_agent_idx ON conversation (org_id, agent_id)`,
  `CREATE INDEX conversation_expires_at_idx ON conversation (expires_at) WHERE expires_at IS NOT NULL`,
  `CREATE INDEX conversation_summary_idx ON conversation (summary_execution_id) WHERE summary_execution_id IS NOT NULL`,
  `CREATE TABLE message (
    id uuid CONSTRAINT message_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    turn integer NOT NULL,
    role text NOT NULL CONSTRAINT message_role_check CHECK (role IN ('user', 'assistant')),
    content text NOT NULL,
    state text NOT NULL CONSTRAINT message_state_check
      CHECK (state IN ('queued', 'active', 'answered', 'failed', 'cancelled', 'interrupted', 'rolled_back')),
    execution_id uuid,
    context jsonb,
    overrides jsonb,
    error jsonb,
    simulated boolean NOT NULL DEFAULT false,
    idempotency_key text,
    request_hash text,
    started_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT message_conversation_fkey FOREIGN KEY (org_id, conversation_id) REFERENCES conversation (org_id, id) ON DELETE CASCADE,
    CONSTRAINT message_conversation_id_turn_role_key UNIQUE (conversation_id, turn, role)
  )`,
  `CREATE INDEX message_org_id_idx ON message (org_id)`,
  `CREATE INDEX message_execution_id_idx ON message (execution_id) WHERE execution_id IS NOT NULL`,
  // At most one turn of a conversation is under way, whoever forgets to look.
  `CREATE UNIQUE INDEX message_active_idx ON message (conversation_id) WHERE state = 'active'`,
  `CREATE INDEX message_open_idx ON message (state, started_at) WHERE state IN ('active', 'queued')`,
  `CREATE UNIQUE INDEX message_idempotency_idx ON message (org_id, idempotency_key) WHERE idempotency_key IS NOT NULL`,
];
