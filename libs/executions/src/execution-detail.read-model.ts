import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type ExecutionListRow, WAITING_FOR } from './execution-list.read-model.js';
import { executionNotFound } from './executions.errors.js';
import type { LargeFields } from './payloads/payload.js';

/** A run with its payloads, as its page shows it. */
export interface ExecutionDetailRow extends ExecutionListRow {
  readonly input: unknown;
  readonly output: unknown;
  readonly large: LargeFields | null;
  readonly metadata: Record<string, unknown> | null;
  readonly lastSeq: number;
  readonly cancelRequested: boolean;
  readonly depth: number;
  readonly queuedAt: Date | null;
  /** Whom its end is told to. */
  readonly callbackUrl: string | null;
}

@Injectable()
export class ExecutionDetailReadModel {
  constructor(private readonly database: OrgDatabase) {}

  /** @throws AppError not found */
  async get(id: string): Promise<ExecutionDetailRow> {
    const [row] = await this.database.transaction(async (manager) =>
      manager.query<ExecutionDetailRow[]>(
        `SELECT e.id, e.agent_id AS "agentId", a.name AS "agentName", e.version, e.status, e.attempt, e.mode, e.trigger, e.trigger_id AS "triggerId", e.trigger_name AS "triggerName", e.error,
                  e.usage, e.retry_of AS "retryOf", e.parent_id AS "parentId", ${WAITING_FOR}, e.depth, e.queued_at AS "queuedAt", e.created_at AS "createdAt", e.started_at AS "startedAt", e.finished_at AS "finishedAt",
                  e.input, e.output, e.large, e.metadata, e.cancel_requested_at IS NOT NULL AS "cancelRequested",
                  (SELECT c.url FROM callback c WHERE c.org_id = e.org_id AND c.execution_id = e.id) AS "callbackUrl",
                  greatest(e.last_seq, (SELECT max(v.last_seq) FROM execution_event v WHERE v.execution_id = e.id), 0)::int AS "lastSeq"
             FROM execution e JOIN agent a ON a.org_id = e.org_id AND a.id = e.agent_id
            WHERE e.org_id = $1 AND e.id = $2`,
        [OrgContext.require(), id],
      ),
    );
    if (!row) throw executionNotFound();
    return row;
  }
}
