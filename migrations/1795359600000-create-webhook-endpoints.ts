import type { MigrationInterface, QueryRunner } from 'typeorm';
import { orgScopeStatements } from '#platform/database';

/**
 * Addresses that an organisation wants to be told things at, what each of them is told, and every attempt at it. A
 * delivery is written in the transaction that makes its event true, so the journal writes into these tables, too.
 */
export class CreateWebhookEndpoints1795359600000 implements MigrationInterface {
  name = 'CreateWebhookEndpoints1795359600000';

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

const TABLES = ['webhook_endpoint', 'endpoint_delivery', 'endpoint_attempt'];

const UP = [
  `CREATE TABLE webhook_endpoint (
    id uuid CONSTRAINT webhook_endpoint_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT webhook_endpoint_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    url text NOT NULL,
    origin text NOT NULL,
    events text[] NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    sealed_secret text NOT NULL,
    sealed_previous_secret text,
    previous_signs_until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    disabled_at timestamptz,
    disabled_reason text CONSTRAINT webhook_endpoint_disabled_reason_check CHECK (disabled_reason IN ('failing', 'gone')),
    notified_at timestamptz,
    created_by_user_id uuid CONSTRAINT webhook_endpoint_created_by_user_id_fkey REFERENCES "user" (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT webhook_endpoint_org_id_id_key UNIQUE (org_id, id)
  )`,
  `CREATE INDEX webhook_endpoint_unnotified_idx ON webhook_endpoint (id) WHERE disabled_reason IS NOT NULL AND notified_at IS NULL`,
  `CREATE TABLE endpoint_delivery (
    id uuid CONSTRAINT endpoint_delivery_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    type text NOT NULL,
    execution_id uuid,
    wait_id uuid,
    data json,
    body text,
    origin text NOT NULL,
    state text NOT NULL DEFAULT 'armed' CONSTRAINT endpoint_delivery_state_check CHECK (state IN ('armed', 'delivered', 'given_up')),
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now(),
    delivered_at timestamptz,
    CONSTRAINT endpoint_delivery_org_id_id_key UNIQUE (org_id, id),
    CONSTRAINT endpoint_delivery_endpoint_fkey FOREIGN KEY (org_id, endpoint_id) REFERENCES webhook_endpoint (org_id, id) ON DELETE CASCADE,
    CONSTRAINT endpoint_delivery_execution_fkey FOREIGN KEY (org_id, execution_id) REFERENCES execution (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX endpoint_delivery_due_idx ON endpoint_delivery (next_at) WHERE state = 'armed' AND next_at IS NOT NULL`,
  `CREATE INDEX endpoint_delivery_endpoint_id_idx ON endpoint_delivery (endpoint_id, id)`,
  `CREATE INDEX endpoint_delivery_given_up_idx ON endpoint_delivery (endpoint_id, id) WHERE state = 'given_up'`,
  `CREATE INDEX endpoint_delivery_execution_id_idx ON endpoint_delivery (execution_id) WHERE execution_id IS NOT NULL`,
  `CREATE TABLE endpoint_attempt (
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    org_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    status integer,
    error text,
    duration_ms integer,
    answer text,
    CONSTRAINT endpoint_attempt_pkey PRIMARY KEY (delivery_id, number),
    CONSTRAINT endpoint_attempt_delivery_fkey FOREIGN KEY (org_id, delivery_id) REFERENCES endpoint_delivery (org_id, id) ON DELETE CASCADE
  )`,
  `CREATE INDEX endpoint_attempt_org_id_idx ON endpoint_attempt (org_id)`,
];
