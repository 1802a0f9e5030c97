import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, orgScopeStatements } from '#platform/database';

/**
 * A run, its finished steps, its event log and its log lines. Payloads are `json`, not `jsonb`: they are written once
 * and handed out as they are, and nothing searches inside them. Events are kept as chunks of consecutive sequence
 * numbers, one row per commit instead of one per event.
 */
export class CreateExecutions1795230200000 implements MigrationInterface {
  name = 'CreateExecutions1795230200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    for (const table of JOURNALLED) {
      await runner.query(`REVOKE INSERT, UPDATE, DELETE ON "${table}" FROM ${APP_ROLE}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
  }
}

/**
 * Written by the journal alone, which joins each row to its run and takes the organisation from there. So these have no
 * foreign key, which would look up the same run again for every row, and the application's role may only read them.
 */
const JOURNALLED = ['execution_step', 'execution_event', 'execution_log'];

const TABLES = ['execution', ...JOURNALLED];

const UP = [
  `CREATE TABLE execution (
    id uuid CONSTRAINT execution_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    agent_id uuid NOT NULL,
    version_id uuid NOT NULL,
    version integer NOT NULL,
    status text NOT NULL CONSTRAINT execution_status_check
      CHECK (status IN ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'timed_out')),
    mode text NOT NULL CONSTRAINT execution_mode_check CHECK (mode IN ('interactive', 'background')),
    trigger text NOT NULL,
    attempt integer NOT NULL DEFAULT 0,
    lease_owner uuid,
    lease_expires_at timestamptz,
    cancel_requested_at timestamptz,
    input json,
    output json,
    error json,
    usage json NOT NULL,
    metadata json,
    retry_of uuid,
    last_seq integer NOT NULL DEFAULT 0,
    created_by_user_id uuid CONSTRAINT execution_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz,
    CONSTRAINT execution_agent_fkey FOREIGN KEY (org_id, agent_id) REFERENCES agent (org_id, id) ON DELETE CASCADE,
    CONSTRAINT execution_version_fkey FOREIGN KEY (org_id, version_id) REFERENCES agent_version (org_id, id) ON DELETE CASCADE,
    CONSTRAINT execution_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX execution_org_id_status_idx ON execution (org_id, status, id)`,
  `CREATE INDEX execution_org_id_agent_id_idx ON execution (org_id, agent_id, id)`,
  `CREATE INDEX execution_open_idx ON execution (status, lease_expires_at, created_at) WHERE status IN ('queued', 'running')`,
  `CREATE TABLE execution_step (
    execution_id uuid NOT NULL,
    path text NOT NULL,
    org_id uuid NOT NULL,
    node_id text NOT NULL,
    kind text NOT NULL,
    status text NOT NULL CONSTRAINT execution_step_status_check CHECK (status IN ('succeeded', 'failed')),
    port text NOT NULL,
    tries integer NOT NULL,
    input json,
    output json,
    error json,
    usage json,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    CONSTRAINT execution_step_pkey PRIMARY KEY (execution_id, path)
  )`,
  `CREATE TABLE execution_event (
    execution_id uuid NOT NULL,
    first_seq integer NOT NULL,
    last_seq integer NOT NULL,
    org_id uuid NOT NULL,
    events json NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT execution_event_pkey PRIMARY KEY (execution_id, first_seq)
  )`,
  `CREATE TABLE execution_log (
    execution_id uuid NOT NULL,
    seq integer NOT NULL,
    org_id uuid NOT NULL,
    step_path text NOT NULL,
    level text NOT NULL CONSTRAINT execution_log_level_check CHECK (level IN ('debug', 'info', 'warn', 'error')),
    message text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT execution_log_pkey PRIMARY KEY (execution_id, seq)
  )`,
];
