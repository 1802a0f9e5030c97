import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, orgScopeStatements } from '#platform/database';

/**
 * What a run waits for, and what it has done to the outside world. Both are written by the journal, which takes the
 * organisation from the run's row; a wait is also answered, by people and events, as the application's role.
 */
export class CreateWaitsAndEffects1795316400000 implements MigrationInterface {
  name = 'CreateWaitsAndEffects1795316400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    await runner.query(`REVOKE INSERT, DELETE ON wait FROM ${APP_ROLE}`);
    await runner.query(`REVOKE INSERT, UPDATE, DELETE ON effect FROM ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
    await runner.query(`DROP INDEX execution_parent_id_idx, execution_queued_at_idx`);
    await runner.query(
      `ALTER TABLE execution DROP COLUMN wakes, DROP COLUMN lost_count, DROP COLUMN parent_id, DROP COLUMN parent_path,
         DROP COLUMN depth, DROP COLUMN queued_at`,
    );
  }
}

const TABLES = ['wait', 'effect'];

const UP = [
  `ALTER TABLE execution
    ADD COLUMN wakes integer NOT NULL DEFAULT 0,
    ADD COLUMN lost_count integer NOT NULL DEFAULT 0,
    ADD COLUMN parent_id uuid,
    ADD COLUMN parent_path text,
    ADD COLUMN depth integer NOT NULL DEFAULT 0,
    ADD COLUMN queued_at timestamptz`,
  `UPDATE execution SET queued_at = created_at WHERE status = 'queued'`,
  `CREATE INDEX execution_parent_id_idx ON execution (parent_id) WHERE parent_id IS NOT NULL`,
  `CREATE INDEX execution_queued_at_idx ON execution (queued_at) WHERE status = 'queued'`,
  `CREATE TABLE wait (
    id uuid CONSTRAINT wait_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    kind text NOT NULL CONSTRAINT wait_kind_check CHECK (kind IN ('timer', 'approval', 'event', 'run', 'effect')),
    title text NOT NULL,
    payload json,
    payload_hash text NOT NULL,
    form json,
    decisions json,
    due_at timestamptz,
    event_name text,
    event_correlation text,
    run_id uuid,
    state text NOT NULL CONSTRAINT wait_state_check CHECK (state IN ('open', 'answered', 'closed', 'void')),
    answer json,
    answered_by_user_id uuid CONSTRAINT wait_answered_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    answered_at timestamptz,
    CONSTRAINT wait_execution_id_path_key_key UNIQUE (execution_id, path, key)
  )`,
  `CREATE INDEX wait_due_idx ON wait (due_at) WHERE state = 'open' AND due_at IS NOT NULL`,
  `CREATE INDEX wait_event_idx ON wait (org_id, event_name) WHERE state = 'open' AND event_name IS NOT NULL`,
  `CREATE INDEX wait_inbox_idx ON wait (org_id, kind, id) WHERE state = 'open'`,
  `CREATE INDEX wait_org_id_idx ON wait (org_id, id)`,
  `CREATE INDEX wait_run_id_idx ON wait (run_id) WHERE kind = 'run'`,
  `CREATE TABLE effect (
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    path text NOT NULL,
    call text NOT NULL,
    round integer NOT NULL,
    state text NOT NULL CONSTRAINT effect_state_check CHECK (state IN ('intended', 'completed', 'failed', 'unknown')),
    request_hash text NOT NULL,
    response json,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT effect_pkey PRIMARY KEY (execution_id, path, call)
  )`,
];
