import type { Failure, WaitKind } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { LargeFields } from '../payloads/payload.js';
import type { WaitState } from './known-wait.js';

export interface WaitFilter {
  readonly state?: 'open' | 'answered';
  readonly kind?: readonly WaitKind[];
}

/** A wait as people see it, with what its run is called. */
export interface WaitRow {
  readonly id: string;
  readonly executionId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly path: string;
  readonly kind: WaitKind;
  readonly title: string;
  readonly payload: unknown;
  readonly payloadHash: string;
  readonly large: LargeFields | null;
  readonly form: Record<string, unknown> | null;
  readonly decisions: string[] | null;
  readonly dueAt: Date | null;
  readonly state: WaitState;
  readonly answer: {
    decision: string;
    data?: unknown;
    error?: Failure | null;
    by?: string | null;
    large?: LargeFields;
  } | null;
  readonly answeredBy: { id: string; name: string } | null;
  readonly runId: string | null;
  readonly eventName: string | null;
  readonly eventCorrelation: string | null;
  readonly createdAt: Date;
  readonly answeredAt: Date | null;
}

@Injectable()
export class WaitsReadModel {
  constructor(private readonly database: OrgDatabase) {}

  /** Newest first: ids sort by time. */
  list({ state, kind }: WaitFilter, beforeId: string | null, limit: number): Promise<WaitRow[]> {
    const parameters: unknown[] = [OrgContext.require()];
    const conditions: string[] = [];
    const add = (condition: (placeholder: string) => string, value: unknown): void => {
      parameters.push(value);
      conditions.push(condition(`$${parameters.length}`));
    };
    // Written out, because the index of open waits is found by this very condition.
    if (state === 'open') conditions.push(`w.state = 'open'`);
    if (state === 'answered') conditions.push(`w.state IN ('answered', 'closed')`);
    if (kind) add((p) => `w.kind = ANY(${p})`, kind);
    if (beforeId !== null) add((p) => `w.id < ${p}`, beforeId);
    parameters.push(limit);
    const where = ['', ...conditions].join(' AND ');
    return this.rows(`${SELECT}${where} ORDER BY w.id DESC LIMIT $${parameters.length}`, parameters);
  }

  /** All of a run, oldest first; what was asked together, in the order of its steps. */
  ofExecution(executionId: string): Promise<WaitRow[]> {
    return this.rows(`${SELECT} AND w.execution_id = $2 ${IN_ORDER}`, [OrgContext.require(), executionId]);
  }

  openOfExecution(executionId: string): Promise<WaitRow[]> {
    return this.rows(`${SELECT} AND w.execution_id = $2 AND w.state = 'open' ${IN_ORDER}`, [
      OrgContext.require(),
      executionId,
    ]);
  }

  async find(executionId: string, id: string): Promise<WaitRow | null> {
    const [row] = await this.rows(`${SELECT} AND w.execution_id = $2 AND w.id = $3`, [
      OrgContext.require(),
      executionId,
      id,
    ]);
    return row ?? null;
  }

  private rows(sql: string, parameters: unknown[]): Promise<WaitRow[]> {
    return this.database.transaction((manager) => manager.query<WaitRow[]>(sql, parameters));
  }
}

/** Ids of one moment are in no order. The tenth call of a turn comes after its second. */
const IN_ORDER = 'ORDER BY w.created_at, length(w.path), w.path, w.id';

const SELECT = `SELECT w.id, w.execution_id AS "executionId", e.agent_id AS "agentId", a.name AS "agentName", w.path, w.kind, w.title,
       w.payload, w.payload_hash AS "payloadHash", w.large, w.form, w.decisions, w.due_at AS "dueAt", w.state, w.answer, w.run_id AS "runId",
       w.event_name AS "eventName", w.event_correlation AS "eventCorrelation", w.created_at AS "createdAt", w.answered_at AS "answeredAt",
       CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.name) END AS "answeredBy"
  FROM wait w
  JOIN execution e ON e.org_id = w.org_id AND e.id = w.execution_id
  JOIN agent a ON a.org_id = e.org_id AND a.id = e.agent_id
  LEFT JOIN "user" u ON u.id = w.answered_by_user_id
 WHERE w.org_id = $1`;
