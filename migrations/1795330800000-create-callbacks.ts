import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, orgScopeStatements } from '#platform/database';

/**
 * Whom to tell when a run ends, every attempt at it, and the secret that the organisation signs with. A callback is
 * written with its run by the journal and afterwards by whoever delivers it; people may only ask for it again.
 */
export class CreateCallbacks1795330800000 implements MigrationInterface {
  name = 'CreateCallbacks1795330800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    await runner.query(`REVOKE INSERT, DELETE ON callback FROM ${APP_ROLE}`);
    await runner.query(`REVOKE INSERT, UPDATE, DELETE ON callback_attempt FROM ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
  }
}

const TABLES = ['callback', 'callback_attempt', 'signing_secret'];

const UP = [
  `CREATE TABLE callback (
    id uuid CONSTRAINT callback_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    url text NOT NULL,
    origin text NOT NULL,
    state text NOT NULL DEFAULT 'armed' CONSTRAINT callback_state_check CHECK (state IN ('armed', 'delivered', 'given_up')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz,
    CONSTRAINT callback_execution_id_key UNIQUE (execution_id),
    CONSTRAINT callback_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT callback_execution_fkey FOREIGN KEY (org_id, execution_id) REFERENCES execution (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX callback_due_idx ON callback (next_at) WHERE state = 'armed' AND next_at IS NOT NULL`,
  `CREATE INDEX callback_unended_idx ON callback (id) WHERE state = 'armed' AND next_at IS NULL`,
  `CREATE TABLE callback_attempt (
    callback_id uuid NOT NULL,
    number integer NOT NULL,
    org_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    status integer,
    error text,
    duration_ms integer,
    CONSTRAINT callback_attempt_pkey PRIMARY KEY (callback_id, number),
    CONSTRAINT callback_attempt_callback_fkey FOREIGN KEY (org_id, callback_id) REFERENCES callback (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX callback_attempt_org_id_idx ON callback_attempt (org_id)`,
  `CREATE TABLE signing_secret (
    id uuid CONSTRAINT signing_secret_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT signing_secret_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    sealed_secret text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    retires_at timestamptz
  )`,
  `CREATE UNIQUE INDEX signing_secret_current_idx ON signing_secret (org_id) WHERE retires_at IS NULL`,
  `CREATE INDEX signing_secret_org_id_idx ON signing_secret (org_id)`,
];
