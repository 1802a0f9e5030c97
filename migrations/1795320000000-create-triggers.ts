import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/** What starts runs by itself, and the column by which a run remembers what started it. */
export class CreateTriggers1795320000000 implements MigrationInterface {
  name = 'CreateTriggers1795320000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
    await runner.query(`ALTER TABLE execution DROP COLUMN trigger_id, DROP COLUMN trigger_name`);
  }
}

const TABLES = ['schedule', 'webhook', 'webhook_delivery'];

const UP = [
  `CREATE TABLE schedule (
    id uuid CONSTRAINT schedule_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    version integer,
    name text NOT NULL,
    cron text NOT NULL,
    time_zone text NOT NULL,
    input json NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    next_at timestamptz,
    last_at timestamptz,
    last_execution_id uuid,
    missed_from timestamptz,
    failure json,
    failed_count integer NOT NULL DEFAULT 0,
    claimed_until timestamptz,
    created_by_user_id uuid CONSTRAINT schedule_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT schedule_agent_fkey FOREIGN KEY (org_id, agent_id) REFERENCES agent (org_id, id) ON DELETE CASCADE,
    CONSTRAINT schedule_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX schedule_agent_id_idx ON schedule (agent_id)`,
  `CREATE INDEX schedule_next_at_idx ON schedule (next_at) WHERE enabled`,
  `CREATE TABLE webhook (
    id uuid CONSTRAINT webhook_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    version integer,
    name text NOT NULL,
    token text NOT NULL CONSTRAINT webhook_token_key UNIQUE,
    verification text NOT NULL CONSTRAINT webhook_verification_check CHECK (verification IN ('standard-webhooks', 'hmac-sha256')),
    signature_header text,
    timestamp_header text,
    sealed_secret text NOT NULL,
    input_expression text,
    enabled boolean NOT NULL DEFAULT true,
    last_at timestamptz,
    last_execution_id uuid,
    created_by_user_id uuid CONSTRAINT webhook_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_agent_fkey FOREIGN KEY (org_id, agent_id) REFERENCES agent (org_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX webhook_agent_id_idx ON webhook (agent_id)`,
  `CREATE TABLE webhook_delivery (
    id uuid CONSTRAINT webhook_delivery_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    message_id text NOT NULL,
    body_hash text NOT NULL,
    outcome text NOT NULL CONSTRAINT webhook_delivery_outcome_check CHECK (outcome IN ('accepted', 'refused')),
    execution_id uuid,
    failure json,
    repeated integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_delivery_webhook_fkey FOREIGN KEY (org_id, webhook_id) REFERENCES webhook (org_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_delivery_webhook_id_message_id_key UNIQUE (webhook_id, message_id)
  )`,
  `CREATE INDEX webhook_delivery_org_id_webhook_id_idx ON webhook_delivery (org_id, webhook_id, id)`,
  `CREATE INDEX webhook_delivery_created_at_idx ON webhook_delivery (created_at)`,
  `ALTER TABLE execution ADD COLUMN trigger_id uuid, ADD COLUMN trigger_name text`,
  `CREATE INDEX execution_org_id_trigger_id_idx ON execution (org_id, trigger_id, id) WHERE trigger_id IS NOT NULL`,
];
