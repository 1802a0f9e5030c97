import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SYSTEM_ROLE } from '#platform/database';

/**
 * Whose turn it is among the queued runs: the organisation with the fewest runs under way goes first, within the limits
 * of organisations and agents. The queue only knocks; this decides. One claim at a time in the whole installation, so
 * that the counts are exact; claims of a process are gathered, so a claim takes many runs.
 */
export class ClaimQueuedRunsFairly1795323600000 implements MigrationInterface {
  name = 'ClaimQueuedRunsFairly1795323600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION claim_queued_runs(integer, uuid, integer, integer)`);
    await runner.query(`DROP INDEX execution_queued_idx, execution_running_idx`);
    await runner.query(`ALTER TABLE agent DROP COLUMN max_concurrent_runs`);
  }
}

const UP = [
  `ALTER TABLE agent ADD COLUMN max_concurrent_runs integer
     CONSTRAINT agent_max_concurrent_runs_check CHECK (max_concurrent_runs > 0)`,
  `CREATE INDEX execution_queued_idx ON execution (org_id, agent_id, id) WHERE status = 'queued'`,
  `CREATE INDEX execution_running_idx ON execution (org_id, agent_id) WHERE status = 'running'`,
  // A function, because its second statement must see what was committed while the first one waited for the lock.
  `CREATE FUNCTION claim_queued_runs(wanted integer, new_owner uuid, lease_ms integer, org_limit integer)
   RETURNS SETOF execution LANGUAGE plpgsql AS $$
   BEGIN
     PERFORM pg_advisory_xact_lock(4178563202);
     RETURN QUERY
     WITH RECURSIVE pair AS (
       (SELECT e.org_id, e.agent_id FROM execution e WHERE e.status = 'queued' ORDER BY e.org_id, e.agent_id LIMIT 1)
       UNION ALL
       SELECT following.org_id, following.agent_id FROM pair CROSS JOIN LATERAL (
         SELECT e.org_id, e.agent_id FROM execution e
          WHERE e.status = 'queued' AND (e.org_id, e.agent_id) > (pair.org_id, pair.agent_id)
          ORDER BY e.org_id, e.agent_id LIMIT 1) following
     ), of_agent AS (
       SELECT e.org_id, e.agent_id, count(*)::int AS running FROM execution e WHERE e.status = 'running' GROUP BY 1, 2
     ), of_org AS (
       SELECT o.org_id, sum(o.running)::int AS running FROM of_agent o GROUP BY 1
     ), candidate AS (
       SELECT head.id,
              coalesce(of_org.running, 0) + row_number() OVER (PARTITION BY pair.org_id ORDER BY head.id) AS position
         FROM pair
         JOIN agent ON agent.org_id = pair.org_id AND agent.id = pair.agent_id
         LEFT JOIN of_agent ON of_agent.org_id = pair.org_id AND of_agent.agent_id = pair.agent_id
         LEFT JOIN of_org ON of_org.org_id = pair.org_id
         CROSS JOIN LATERAL (
           SELECT e.id FROM execution e
            WHERE e.status = 'queued' AND e.org_id = pair.org_id AND e.agent_id = pair.agent_id
            ORDER BY e.id
            LIMIT greatest(0, least(wanted, agent.max_concurrent_runs - coalesce(of_agent.running, 0)))) head
     ), chosen AS (
       SELECT c.id FROM candidate c WHERE c.position <= org_limit ORDER BY c.position, c.id LIMIT wanted
     )
     UPDATE execution e
        SET status = 'running', attempt = e.attempt + 1, lease_owner = new_owner,
            lease_expires_at = now() + make_interval(secs => lease_ms / 1000.0),
            started_at = coalesce(e.started_at, now())
       FROM chosen WHERE e.id = chosen.id AND e.status = 'queued'
     RETURNING e.*;
   END $$`,
  `REVOKE EXECUTE ON FUNCTION claim_queued_runs(integer, uuid, integer, integer) FROM PUBLIC`,
  `GRANT EXECUTE ON FUNCTION claim_queued_runs(integer, uuid, integer, integer) TO ${SYSTEM_ROLE}`,
];
