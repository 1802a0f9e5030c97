import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE, SYSTEM_ROLE, orgScopeStatements } from '#platform/database';

/**
 * Money of model calls, in integer micro-USD: what each organisation may spend, what it has spent and reserved in the
 * windows that run, the reservations themselves, a ledger that is only ever added to, what every call used, and the
 * windows of the rate limits. Runs learn whose budget they draw from and what an exhausted one does to them.
 */
export class CreateBilling1795341600000 implements MigrationInterface {
  name = 'CreateBilling1795341600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of TABLES) {
      for (const statement of orgScopeStatements(table)) await runner.query(statement);
    }
    for (const statement of RIGHTS) await runner.query(statement);
    for (const statement of FUNCTIONS) await runner.query(statement);
    await runner.query(waitKinds(`'timer', 'approval', 'event', 'run', 'effect', 'budget'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM wait WHERE kind = 'budget'`);
    await runner.query(waitKinds(`'timer', 'approval', 'event', 'run', 'effect'`));
    await runner.query(`DROP INDEX wait_budget_idx`);
    for (const name of DROPPED) await runner.query(`DROP FUNCTION ${name}`);
    for (const table of [...TABLES].reverse()) await runner.query(`DROP TABLE "${table}" CASCADE`);
    await runner.query(
      `ALTER TABLE execution DROP COLUMN budget_micro_usd, DROP COLUMN budget_execution_id, DROP COLUMN on_budget`,
    );
  }
}

const TABLES = ['spending_limit', 'budget', 'reservation', 'ledger_entry', 'usage_record', 'rate_window'];

const waitKinds = (kinds: string): string =>
  `ALTER TABLE wait DROP CONSTRAINT wait_kind_check, ADD CONSTRAINT wait_kind_check CHECK (kind IN (${kinds}))`;

const UP = [
  `ALTER TABLE execution
    ADD COLUMN budget_micro_usd bigint CONSTRAINT execution_budget_micro_usd_check CHECK (budget_micro_usd >= 0),
    ADD COLUMN budget_execution_id uuid,
    ADD COLUMN on_budget text NOT NULL DEFAULT 'wait' CONSTRAINT execution_on_budget_check CHECK (on_budget IN ('wait', 'fail'))`,
  `CREATE INDEX wait_budget_idx ON wait (org_id, id) WHERE state = 'open' AND kind = 'budget'`,
  // What people have set; an organisation without a row has the presets of the installation.
  `CREATE TABLE spending_limit (
    id uuid CONSTRAINT spending_limit_pkey PRIMARY KEY,
    org_id uuid NOT NULL CONSTRAINT spending_limit_org_id_fkey REFERENCES organization (id) ON DELETE CASCADE,
    prepaid boolean NOT NULL DEFAULT false,
    org_day_micro_usd bigint CONSTRAINT spending_limit_org_day_check CHECK (org_day_micro_usd >= 0),
    org_month_micro_usd bigint CONSTRAINT spending_limit_org_month_check CHECK (org_month_micro_usd >= 0),
    user_day_micro_usd bigint CONSTRAINT spending_limit_user_day_check CHECK (user_day_micro_usd >= 0),
    run_micro_usd bigint CONSTRAINT spending_limit_run_check CHECK (run_micro_usd >= 0),
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT spending_limit_org_id_key UNIQUE (org_id)
  )`,
  // One row per window: a day and a month begin with a new one, so a reservation that outlives its day is settled in it.
  `CREATE TABLE budget (
    org_id uuid NOT NULL,
    scope text NOT NULL CONSTRAINT budget_scope_check CHECK (scope IN ('balance', 'org_day', 'org_month', 'run', 'user_day')),
    subject uuid NOT NULL,
    starts_on date NOT NULL,
    credited_micro_usd bigint NOT NULL DEFAULT 0,
    limit_micro_usd bigint,
    spent_micro_usd bigint NOT NULL DEFAULT 0,
    reserved_micro_usd bigint NOT NULL DEFAULT 0 CONSTRAINT budget_reserved_check CHECK (reserved_micro_usd >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT budget_pkey PRIMARY KEY (org_id, scope, subject, starts_on)
  )`,
  `CREATE TABLE reservation (
    id uuid CONSTRAINT reservation_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    attempt integer,
    budget_execution_id uuid NOT NULL,
    in_run_budget boolean NOT NULL,
    user_id uuid,
    day date NOT NULL,
    amount_micro_usd bigint NOT NULL CONSTRAINT reservation_amount_check CHECK (amount_micro_usd > 0),
    state text NOT NULL DEFAULT 'open' CONSTRAINT reservation_state_check CHECK (state IN ('open', 'settled', 'released')),
    settled_micro_usd bigint,
    shortfall_micro_usd bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz
  )`,
  `CREATE INDEX reservation_open_idx ON reservation (created_at) WHERE state = 'open'`,
  `CREATE INDEX reservation_execution_id_idx ON reservation (org_id, execution_id)`,
  // The sum of an organisation's entries is its balance: credited, less what was spent, less what is reserved.
  `CREATE TABLE ledger_entry (
    id uuid CONSTRAINT ledger_entry_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT ledger_entry_kind_check CHECK (kind IN ('top_up', 'reserve', 'settle', 'release', 'adjust')),
    amount_micro_usd bigint NOT NULL,
    settled_micro_usd bigint,
    shortfall_micro_usd bigint NOT NULL DEFAULT 0,
    reservation_id uuid,
    execution_id uuid,
    user_id uuid,
    note text,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX ledger_entry_org_id_idx ON ledger_entry (org_id, id)`,
  // Kept beyond the retention of runs. Provider and model are null for a call that its process took to its grave.
  `CREATE TABLE usage_record (
    id uuid CONSTRAINT usage_record_pkey PRIMARY KEY,
    org_id uuid NOT NULL,
    execution_id uuid NOT NULL,
    step_path text,
    agent_id uuid,
    user_id uuid,
    credential_id uuid,
    provider text,
    model text,
    input_tokens bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_micro_usd bigint,
    usage_flag text CONSTRAINT usage_record_usage_flag_check CHECK (usage_flag IN ('estimated', 'corrected')),
    simulated boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX usage_record_org_id_created_at_idx ON usage_record (org_id, created_at)`,
  `CREATE INDEX usage_record_execution_id_idx ON usage_record (org_id, execution_id)`,
  `CREATE TABLE rate_window (
    org_id uuid NOT NULL,
    subject uuid NOT NULL,
    meter text NOT NULL CONSTRAINT rate_window_meter_check CHECK (meter IN ('requests', 'tokens')),
    used bigint NOT NULL,
    ends_at timestamptz NOT NULL,
    CONSTRAINT rate_window_pkey PRIMARY KEY (org_id, subject, meter)
  )`,
];

/** The ledger is only ever added to; everything else of money changes through the functions below alone. */
const RIGHTS = [
  `REVOKE UPDATE, DELETE ON ledger_entry FROM ${APP_ROLE}, ${SYSTEM_ROLE}`,
  `REVOKE DELETE ON budget FROM ${APP_ROLE}`,
  `REVOKE INSERT, UPDATE, DELETE ON reservation FROM ${APP_ROLE}`,
  `REVOKE INSERT, UPDATE, DELETE ON usage_record FROM ${APP_ROLE}`,
  `REVOKE INSERT, UPDATE, DELETE ON rate_window FROM ${APP_ROLE}`,
];

const DROPPED = [
  'take_rate(json)',
  'spending_room(uuid, text, uuid, bigint)',
  'settle_reservations(json)',
  'reserve_spending(json, bigint)',
  'budget_limit(budget, bigint)',
  'binding_budgets(uuid, uuid, uuid, date)',
  'new_billing_id()',
];

const FUNCTIONS = [
  // A UUIDv7 (RFC 9562, 5.7), so that entries sort by time.
  `CREATE FUNCTION new_billing_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$
     SELECT encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
       PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid $$`,
  // The windows that a call is paid from; a run's own only matters where it has a limit.
  `CREATE FUNCTION binding_budgets(of_org uuid, of_user uuid, of_run uuid, on_day date)
   RETURNS TABLE (scope text, subject uuid, starts_on date) LANGUAGE sql IMMUTABLE AS $$
     SELECT 'balance', of_org, date '1970-01-01'
     UNION ALL SELECT 'org_day', of_org, on_day
     UNION ALL SELECT 'org_month', of_org, date_trunc('month', on_day::timestamp)::date
     UNION ALL SELECT 'run', of_run, date '1970-01-01'
     UNION ALL SELECT 'user_day', of_user, on_day WHERE of_user IS NOT NULL $$`,
  // Null: no limit.
  `CREATE FUNCTION budget_limit(b budget, user_day_preset bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
   DECLARE
     l spending_limit;
   BEGIN
     SELECT * INTO l FROM spending_limit s WHERE s.org_id = b.org_id;
     RETURN CASE b.scope
       WHEN 'balance' THEN CASE WHEN l.prepaid THEN b.credited_micro_usd END
       WHEN 'org_day' THEN l.org_day_micro_usd
       WHEN 'org_month' THEN l.org_month_micro_usd
       WHEN 'run' THEN least(b.limit_micro_usd, l.run_micro_usd)
       WHEN 'user_day' THEN CASE WHEN l.id IS NULL THEN user_day_preset ELSE l.user_day_micro_usd END
     END;
   END $$`,
  // All rows are locked first and in one order, so that nobody waits in a circle; then each call takes from every budget
  // that binds it, or from none. A function, because what it reads after waiting must be what was committed meanwhile.
  `CREATE FUNCTION reserve_spending(calls json, user_day_preset bigint)
   RETURNS TABLE (id uuid, refused_by text, subject uuid, limit_micro_usd bigint, resets_at timestamptz) LANGUAGE plpgsql AS $$
   #variable_conflict use_column
   DECLARE
     today date := (now() AT TIME ZONE 'UTC')::date;
     wanted record;
     short record;
   BEGIN
     INSERT INTO budget (org_id, scope, subject, starts_on, limit_micro_usd)
     SELECT DISTINCT ON (r.org_id, b.scope, b.subject, b.starts_on) r.org_id, b.scope, b.subject, b.starts_on,
            CASE b.scope WHEN 'run' THEN r.run_budget END
       FROM json_to_recordset(calls) AS r(org_id uuid, user_id uuid, budget_execution_id uuid, run_budget bigint)
       CROSS JOIN LATERAL binding_budgets(r.org_id, r.user_id, r.budget_execution_id, today) b
      WHERE b.scope <> 'run' OR r.run_budget IS NOT NULL
         OR EXISTS (SELECT 1 FROM spending_limit l WHERE l.org_id = r.org_id AND l.run_micro_usd IS NOT NULL)
      ORDER BY 1, 2, 3, 4
     ON CONFLICT DO NOTHING;
     PERFORM 1 FROM budget k
      WHERE (k.org_id, k.scope, k.subject, k.starts_on) IN (
        SELECT r.org_id, b.scope, b.subject, b.starts_on
          FROM json_to_recordset(calls) AS r(org_id uuid, user_id uuid, budget_execution_id uuid)
          CROSS JOIN LATERAL binding_budgets(r.org_id, r.user_id, r.budget_execution_id, today) b)
      ORDER BY k.org_id, k.scope, k.subject, k.starts_on FOR NO KEY UPDATE;
     FOR wanted IN
       SELECT r.* FROM ROWS FROM (json_to_recordset(calls) AS (id uuid, org_id uuid, user_id uuid, execution_id uuid, attempt int,
         budget_execution_id uuid, amount bigint)) WITH ORDINALITY AS r(id, org_id, user_id, execution_id, attempt,
         budget_execution_id, amount, place) ORDER BY r.place
     LOOP
       -- The one that resets last is named: nobody is to wait for the day when the month is used up as well.
       SELECT k.scope, k.subject, budget_limit(k, user_day_preset) AS bound,
              CASE k.scope WHEN 'org_month' THEN (k.starts_on + interval '1 month') AT TIME ZONE 'UTC'
                           WHEN 'run' THEN NULL WHEN 'balance' THEN NULL
                           ELSE (k.starts_on + interval '1 day') AT TIME ZONE 'UTC' END AS until
         INTO short
         FROM binding_budgets(wanted.org_id, wanted.user_id, wanted.budget_execution_id, today) b
         JOIN budget k ON k.org_id = wanted.org_id AND k.scope = b.scope AND k.subject = b.subject AND k.starts_on = b.starts_on
        WHERE budget_limit(k, user_day_preset) - k.spent_micro_usd - k.reserved_micro_usd < wanted.amount
        ORDER BY array_position(ARRAY['run', 'balance', 'org_month', 'org_day', 'user_day'], k.scope) LIMIT 1;
       IF FOUND THEN
         RETURN QUERY SELECT wanted.id, short.scope, short.subject, short.bound, short.until;
         CONTINUE;
       END IF;
       UPDATE budget k SET reserved_micro_usd = k.reserved_micro_usd + wanted.amount
         FROM binding_budgets(wanted.org_id, wanted.user_id, wanted.budget_execution_id, today) b
        WHERE k.org_id = wanted.org_id AND k.scope = b.scope AND k.subject = b.subject AND k.starts_on = b.starts_on;
       INSERT INTO reservation (id, org_id, execution_id, attempt, budget_execution_id, in_run_budget, user_id, day, amount_micro_usd)
       SELECT wanted.id, wanted.org_id, wanted.execution_id, wanted.attempt, wanted.budget_execution_id,
              EXISTS (SELECT 1 FROM budget k WHERE k.org_id = wanted.org_id AND k.scope = 'run' AND k.subject = wanted.budget_execution_id),
              wanted.user_id, today, wanted.amount;
       INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd, reservation_id, execution_id)
       VALUES (new_billing_id(), wanted.org_id, 'reserve', -wanted.amount, wanted.id, wanted.execution_id);
       RETURN QUERY SELECT wanted.id, NULL::text, NULL::uuid, NULL::bigint, NULL::timestamptz;
     END LOOP;
   END $$`,
  // Closes each reservation once: "amount" null releases it. A prepaid balance never goes below zero; what a call cost
  // beyond it is written down as a shortfall. Locks in the order in which reserve_spending does.
  `CREATE FUNCTION settle_reservations(settlements json) RETURNS integer LANGUAGE plpgsql AS $$
   DECLARE
     one record;
     known record;
     charged bigint;
     closed integer := 0;
   BEGIN
     PERFORM 1 FROM reservation r
      WHERE r.id IN (SELECT s.id FROM json_to_recordset(settlements) AS s(id uuid)) AND r.state = 'open'
      ORDER BY r.id FOR NO KEY UPDATE;
     PERFORM 1 FROM budget k
      WHERE (k.org_id, k.scope, k.subject, k.starts_on) IN (
        SELECT r.org_id, b.scope, b.subject, b.starts_on
          FROM json_to_recordset(settlements) AS s(id uuid) JOIN reservation r ON r.id = s.id AND r.state = 'open'
          CROSS JOIN LATERAL binding_budgets(r.org_id, r.user_id, r.budget_execution_id, r.day) b)
      ORDER BY k.org_id, k.scope, k.subject, k.starts_on FOR NO KEY UPDATE;
     FOR one IN
       SELECT DISTINCT ON (r.id) r.*, s.amount AS cost
         FROM json_to_recordset(settlements) AS s(id uuid, amount bigint, execution_id uuid)
         JOIN reservation r ON r.id = s.id AND r.state = 'open' AND (s.execution_id IS NULL OR s.execution_id = r.execution_id)
        ORDER BY r.id
     LOOP
       SELECT coalesce(l.prepaid, false) AS prepaid, k.credited_micro_usd - k.spent_micro_usd - k.reserved_micro_usd AS available
         INTO known
         FROM budget k LEFT JOIN spending_limit l ON l.org_id = k.org_id
        WHERE k.org_id = one.org_id AND k.scope = 'balance' AND k.subject = one.org_id;
       charged := coalesce(one.cost, 0);
       IF known.prepaid THEN
         charged := least(charged, greatest(one.amount_micro_usd + known.available, 0));
       END IF;
       UPDATE budget k
          SET reserved_micro_usd = k.reserved_micro_usd - one.amount_micro_usd,
              spent_micro_usd = k.spent_micro_usd + CASE k.scope WHEN 'balance' THEN charged ELSE coalesce(one.cost, 0) END
         FROM binding_budgets(one.org_id, one.user_id, one.budget_execution_id, one.day) b
        WHERE k.org_id = one.org_id AND k.scope = b.scope AND k.subject = b.subject AND k.starts_on = b.starts_on
          AND (k.scope <> 'run' OR one.in_run_budget);
       UPDATE reservation r
          SET state = CASE WHEN one.cost IS NULL THEN 'released' ELSE 'settled' END, settled_micro_usd = one.cost,
              shortfall_micro_usd = coalesce(one.cost, 0) - charged, closed_at = now()
        WHERE r.id = one.id;
       INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd, settled_micro_usd, shortfall_micro_usd, reservation_id, execution_id)
       VALUES (new_billing_id(), one.org_id, CASE WHEN one.cost IS NULL THEN 'release' ELSE 'settle' END,
               one.amount_micro_usd - charged, one.cost, coalesce(one.cost, 0) - charged, one.id, one.execution_id);
       closed := closed + 1;
     END LOOP;
     RETURN closed;
   END $$`,
  // What is left of a budget's present window; null: no limit.
  `CREATE FUNCTION spending_room(of_org uuid, of_scope text, of_subject uuid, user_day_preset bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
   DECLARE
     today date := (now() AT TIME ZONE 'UTC')::date;
     k budget;
   BEGIN
     k.org_id := of_org;
     k.scope := of_scope;
     k.subject := of_subject;
     k.starts_on := CASE of_scope WHEN 'org_month' THEN date_trunc('month', today::timestamp)::date
                                  WHEN 'balance' THEN date '1970-01-01' WHEN 'run' THEN date '1970-01-01' ELSE today END;
     k.credited_micro_usd := 0;
     k.spent_micro_usd := 0;
     k.reserved_micro_usd := 0;
     SELECT b.credited_micro_usd, b.limit_micro_usd, b.spent_micro_usd, b.reserved_micro_usd
       INTO k.credited_micro_usd, k.limit_micro_usd, k.spent_micro_usd, k.reserved_micro_usd
       FROM budget b
      WHERE b.org_id = of_org AND b.scope = of_scope AND b.subject = of_subject AND b.starts_on = k.starts_on;
     RETURN budget_limit(k, user_day_preset) - coalesce(k.spent_micro_usd, 0) - coalesce(k.reserved_micro_usd, 0);
   END $$`,
  // Grants as many units of each meter as are left in its minute; "whole" asks for all of them or none. A window begins
  // with the first unit that is taken from it. Negative units give back.
  `CREATE FUNCTION take_rate(wishes json) RETURNS TABLE (place int, granted bigint, used bigint, ends_at timestamptz) LANGUAGE plpgsql AS $$
   #variable_conflict use_column
   DECLARE
     wish record;
     state rate_window;
     grants bigint;
   BEGIN
     FOR wish IN
       SELECT w.* FROM json_to_recordset(wishes) AS w(place int, org_id uuid, subject uuid, meter text, units bigint, bound bigint, whole boolean)
        ORDER BY w.org_id, w.subject, w.meter, w.place
     LOOP
       INSERT INTO rate_window AS r (org_id, subject, meter, used, ends_at)
       VALUES (wish.org_id, wish.subject, wish.meter, 0, clock_timestamp() + interval '1 minute')
       ON CONFLICT (org_id, subject, meter) DO UPDATE
          SET used = CASE WHEN r.ends_at <= clock_timestamp() THEN 0 ELSE r.used END,
              ends_at = CASE WHEN r.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE r.ends_at END
       RETURNING r.* INTO state;
       grants := CASE WHEN wish.units <= 0 THEN greatest(wish.units, -state.used)
                      WHEN wish.whole AND state.used + wish.units > wish.bound THEN 0
                      ELSE greatest(0, least(wish.units, wish.bound - state.used)) END;
       UPDATE rate_window r SET used = r.used + grants
        WHERE r.org_id = wish.org_id AND r.subject = wish.subject AND r.meter = wish.meter AND grants <> 0;
       RETURN QUERY SELECT wish.place, grants, state.used + grants, state.ends_at;
     END LOOP;
   END $$`,
];
