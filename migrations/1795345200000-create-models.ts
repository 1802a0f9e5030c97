import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, orgScopeStatements } from '#platform/database';

/**
 * What an organisation says about models (overrides, and one policy), and a row for every attempt at a provider. Those
 * rows come with the runs, written by the journal, and go with them: they lie in the same months.
 */
export class CreateModels1795345200000 implements MigrationInterface {
  name = 'CreateModels1795345200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const name of FUNCTIONS)
      await replaceInFunction(runner, name, `'execution_log'`, `'execution_log', 'generation'`);
    // The months that runs have already, so that none of their rows has to go into the default partition.
    await runner.query(
      `SELECT create_run_partitions(to_date(substring(relname FROM '\\d{4}_\\d{2}$'), 'YYYY_MM')) FROM pg_class
        WHERE relname ~ '^execution_event_\\d{4}_\\d{2}$' AND relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    await runner.query('CREATE TABLE generation_default PARTITION OF generation DEFAULT');
    await runner.query(`SELECT protect_run_partition('generation_default')`);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    await runner.query(`REVOKE INSERT, UPDATE, DELETE ON generation FROM ${APP_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of FUNCTIONS)
      await replaceInFunction(runner, name, `'execution_log', 'generation'`, `'execution_log'`);
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
  }
}

const TABLES = ['model_version', 'model_policy', 'generation'];

/** Those that know by name which tables have months. */
const FUNCTIONS = ['create_run_partitions(date)', 'drop_run_partitions(date)'];

/** Leaves everything else of the function as earlier migrations made it. */
async function replaceInFunction(runner: QueryRunner, name: string, before: string, after: string): Promise<void> {
  const [{ definition }] = (await runner.query(`SELECT pg_get_functiondef('${name}'::regprocedure) AS definition`)) as [
    { definition: string },
  ];
  if (!definition.includes(before)) throw new Error(`${name} does not mention ${before} any more.`);
  await runner.query(definition.replaceAll(before, after));
}

const UP = [
  `CREATE TABLE model_version (
    id uuid CONSTRAINT model_version_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT model_version_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    model text NOT NULL CONSTRAINT model_version_model_check CHECK (length(model) BETWEEN 3 AND 200),
    enabled boolean NOT NULL DEFAULT true,
    label text,
    context_window integer,
    max_output_tokens integer,
    prices jsonb NOT NULL DEFAULT '[]',
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT model_version_org_id_model_key UNIQUE (org_id, model)
  )`,
  `CREATE TABLE model_policy (
    id uuid CONSTRAINT model_policy_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT model_policy_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    fallback_models jsonb NOT NULL DEFAULT '[]',
    allowed_models jsonb,
    unknown_price text NOT NULL DEFAULT 'allow' CONSTRAINT model_policy_unknown_price_check CHECK (unknown_price IN ('allow', 'refuse')),
    guard_action text NOT NULL DEFAULT 'flag' CONSTRAINT model_policy_guard_action_check CHECK (guard_action IN ('allow', 'flag', 'block')),
    guard_threshold integer NOT NULL DEFAULT 60 CONSTRAINT model_policy_guard_threshold_check CHECK (guard_threshold BETWEEN 1 AND 100),
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT model_policy_org_id_key UNIQUE (org_id)
  )`,
  `CREATE TABLE generation (
    id uuid NOT NULL,
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    agent_id uuid,
    agent_version integer,
    user_id uuid,
    step_path text NOT NULL,
    call integer NOT NULL,
    attempt integer NOT NULL,
    fallback boolean NOT NULL,
    provider text NOT NULL,
    model text NOT NULL,
    answered_by text,
    credential_id uuid,
    prompt_id uuid,
    prompt_version text,
    parameters jsonb NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    cached_input_tokens bigint NOT NULL,
    reasoning_tokens bigint NOT NULL,
    cost_micro_usd bigint,
    usage_flag text CONSTRAINT generation_usage_flag_check CHECK (usage_flag IN ('estimated', 'corrected')),
    latency_ms integer NOT NULL,
    first_token_ms integer,
    finish_reason text,
    error_code text,
    guard jsonb,
    simulated boolean NOT NULL,
    started_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT generation_pkey PRIMARY KEY (execution_id, id)
  ) PARTITION BY RANGE (execution_id)`,
  'CREATE INDEX generation_org_id_idx ON generation (org_id, execution_id)',
];
