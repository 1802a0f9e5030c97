import { Injectable } from '@nestjs/common';
import type { Failure, Usage } from '#kernel';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { ExecutionStatus } from './execution-status.js';

export interface ExecutionListFilter {
  readonly status?: readonly ExecutionStatus[];
  readonly agentId?: string;
  readonly triggerId?: string;
  readonly parentId?: string;
  /** Without the runs that steps of others started. */
  readonly topLevel?: boolean;
  readonly from?: Date;
  readonly to?: Date;
}

/** A run as lists show it: without its payloads, however large they are. */
export interface ExecutionListRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly version: number;
  readonly status: ExecutionStatus;
  readonly attempt: number;
  readonly mode: 'interactive' | 'background';
  readonly trigger: string;
  readonly triggerId: string | null;
  readonly triggerName: string | null;
  readonly error: Failure | null;
  readonly usage: Usage;
  readonly retryOf: string | null;
  readonly parentId: string | null;
  /** Title of the oldest open wait of a waiting run. */
  readonly waitingFor: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

/**
 * Runs with the name of their agent, newest first. Ids are UUIDv7 and so sort by time: position and time bounds are
 * both ranges of the one index that starts with the organisation, and the last page costs what the first does.
 */
@Injectable()
export class ExecutionListReadModel {
  constructor(private readonly database: OrgDatabase) {}

  find(filter: ExecutionListFilter, beforeId: string | null, limit: number): Promise<ExecutionListRow[]> {
    const parameters: unknown[] = [OrgContext.require()];
    const conditions = ['e.org_id = $1'];
    const add = (condition: (placeholder: string) => string, value: unknown): void => {
      parameters.push(value);
      conditions.push(condition(`$${parameters.length}`));
    };
    if (filter.status?.length === 1) add((p) => `e.status = ${p}`, filter.status[0]);
    else if (filter.status) add((p) => `e.status = ANY(${p})`, filter.status);
    if (filter.agentId !== undefined) add((p) => `e.agent_id = ${p}`, filter.agentId);
    if (filter.triggerId !== undefined) add((p) => `e.trigger_id = ${p}`, filter.triggerId);
    if (filter.parentId !== undefined) add((p) => `e.parent_id = ${p}`, filter.parentId);
    if (filter.topLevel) conditions.push('e.parent_id IS NULL');
    if (filter.from) add((p) => `e.id >= ${p}`, firstIdAt(filter.from));
    if (filter.to) add((p) => `e.id < ${p}`, firstIdAt(filter.to));
    if (beforeId !== null) add((p) => `e.id < ${p}`, beforeId);
    parameters.push(limit);
    return this.database.transaction(async (manager) =>
      manager.query<ExecutionListRow[]>(
        `SELECT e.id, e.agent_id AS "agentId", a.name AS "agentName", e.version, e.status, e.attempt, e.mode, e.trigger, e.trigger_id AS "triggerId", e.trigger_name AS "triggerName", e.error,
                  e.usage, e.retry_of AS "retryOf", e.parent_id AS "parentId", ${WAITING_FOR}, e.created_at AS "createdAt", e.started_at AS "startedAt", e.finished_at AS "finishedAt"
             FROM execution e JOIN agent a ON a.org_id = e.org_id AND a.id = e.agent_id
            WHERE ${conditions.join(' AND ')} ORDER BY e.id DESC LIMIT $${parameters.length}`,
        parameters,
      ),
    );
  }
}

/** Costs a look at an index for a run that waits, and nothing for the others. */
export const WAITING_FOR = `CASE WHEN e.status = 'waiting' THEN
  (SELECT w.title FROM wait w WHERE w.org_id = e.org_id AND w.execution_id = e.id AND w.state = 'open' ORDER BY w.id LIMIT 1) END AS "waitingFor"`;

/** The smallest UUIDv7 of a millisecond (RFC 9562 §5.7). */
function firstIdAt(moment: Date): string {
  const time = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7000-8000-000000000000`;
}
