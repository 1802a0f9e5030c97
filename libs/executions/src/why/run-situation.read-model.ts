import type { Failure } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { ExecutionStatus } from '../execution-status.js';
import { executionNotFound } from '../executions.errors.js';

/** Where a run stands, by the database's clock. */
export interface RunSituation {
  readonly status: ExecutionStatus;
  readonly now: Date;
  readonly createdAt: Date;
  readonly queuedAt: Date | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly leaseExpiresAt: Date | null;
  readonly cancelRequestedAt: Date | null;
  readonly error: Failure | null;
  readonly lostCount: number;
}

/** Runs under way at this moment. */
export interface Neighbours {
  readonly agentLimit: number | null;
  readonly ofOrganisation: number;
  readonly ofAgent: number;
}

/** The last thing that the log says of a step that has not ended. */
export interface OpenStep {
  readonly path: string;
  readonly type: 'step-start' | 'step-retry';
  readonly at: Date;
  readonly data: {
    readonly kind?: string;
    readonly name?: string;
    readonly try: number;
    readonly waitMs?: number;
    readonly error?: Failure;
  };
}

/** Steps that are shown; a map may have more of them under way. */
const MAX_STEPS = 20;

@Injectable()
export class RunSituationReadModel {
  constructor(private readonly database: OrgDatabase) {}

  /** @throws AppError not found */
  async get(executionId: string): Promise<RunSituation> {
    const [row] = await this.rows<RunSituation>(
      `SELECT status, now() AS now, created_at AS "createdAt", queued_at AS "queuedAt", started_at AS "startedAt",
              finished_at AS "finishedAt", lease_expires_at AS "leaseExpiresAt", cancel_requested_at AS "cancelRequestedAt",
              error, lost_count AS "lostCount"
         FROM execution WHERE org_id = $1 AND id = $2`,
      executionId,
    );
    if (!row) throw executionNotFound();
    return row;
  }

  /** How many runs are under way beside a queued one, and how many its agent may have. */
  async neighbours(executionId: string): Promise<Neighbours> {
    const [row] = await this.rows<Neighbours>(
      `SELECT a.max_concurrent_runs AS "agentLimit",
              (SELECT count(*)::int FROM execution r WHERE r.org_id = e.org_id AND r.status = 'running') AS "ofOrganisation",
              (SELECT count(*)::int FROM execution r WHERE r.org_id = e.org_id AND r.agent_id = e.agent_id AND r.status = 'running') AS "ofAgent"
         FROM execution e JOIN agent a ON a.org_id = e.org_id AND a.id = e.agent_id
        WHERE e.org_id = $1 AND e.id = $2`,
      executionId,
    );
    return row ?? { agentLimit: null, ofOrganisation: 0, ofAgent: 0 };
  }

  async openSteps(executionId: string): Promise<OpenStep[]> {
    const rows = await this.rows<Omit<OpenStep, 'at'> & { at: string }>(
      `SELECT path, type, at, data FROM (
         SELECT DISTINCT ON (event->>'stepId') event->>'stepId' AS path, event->>'type' AS type, event->>'at' AS at, event->'data' AS data
           FROM execution_event v, json_array_elements(v.events) AS event
          WHERE v.org_id = $1 AND v.execution_id = $2 AND event->>'type' IN ('step-start', 'step-retry', 'step-end')
          ORDER BY event->>'stepId', (event->>'seq')::int DESC) last
        WHERE type <> 'step-end' ORDER BY at LIMIT ${MAX_STEPS}`,
      executionId,
    );
    return rows.map((row) => ({ ...row, at: new Date(row.at) }));
  }

  private rows<R>(sql: string, executionId: string): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), executionId]));
  }
}
