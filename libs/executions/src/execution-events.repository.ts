import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { ExecutionStepResponse } from './dto/execution-detail-response.dto.js';
import type { EventChunk, EventEnvelope } from './execution-event.js';
import { type ExecutionStatus, isFinal } from './execution-status.js';

/** Bytes are bounded by chunks: one holds at most what one commit wrote. */
const CHUNKS_PER_READ = 200;

interface LogState {
  readonly status: ExecutionStatus;
  readonly lastSeq: number;
}

/** The event log, read only: the journal is its one writer. */
@Injectable()
export class ExecutionEventsRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** The next committed chunks that hold anything after `afterSeq`, in order. */
  async findAfter(executionId: string, afterSeq: number): Promise<EventChunk[]> {
    const rows = await this.database.transaction(async (manager) =>
      manager.query<{ firstSeq: number; lastSeq: number; events: Omit<EventEnvelope, 'executionId'>[] }[]>(
        `SELECT first_seq AS "firstSeq", last_seq AS "lastSeq", events FROM execution_event
            WHERE org_id = $1 AND execution_id = $2 AND last_seq > $3 ORDER BY first_seq LIMIT ${CHUNKS_PER_READ}`,
        [OrgContext.require(), executionId, afterSeq],
      ),
    );
    return rows.map(({ firstSeq, lastSeq, events }) => ({
      firstSeq,
      lastSeq,
      events: events.map((event) => ({ executionId, ...event })),
    }));
  }

  /** Where the log stands; null when the organisation has no such run. */
  async findState(executionId: string): Promise<(LogState & { finished: boolean }) | null> {
    const [row] = await this.database.transaction(async (manager) =>
      manager.query<LogState[]>(
        `SELECT e.status, coalesce((SELECT max(v.last_seq) FROM execution_event v WHERE v.execution_id = e.id), 0)::int AS "lastSeq"
             FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
        [OrgContext.require(), executionId],
      ),
    );
    return row ? { ...row, finished: isFinal(row.status) } : null;
  }

  /** Steps that have been begun and not ended, those that wait included. */
  async findUnfinishedSteps(executionId: string): Promise<ExecutionStepResponse[]> {
    const rows = await this.database.transaction(async (manager) =>
      manager.query<{ path: string; type: string; at: string; data: { kind: string; nodeId?: string; try: number } }[]>(
        `SELECT DISTINCT ON (event->>'stepId') event->>'stepId' AS path, event->>'type' AS type, event->>'at' AS at, event->'data' AS data
             FROM execution_event v
             JOIN execution e ON e.org_id = v.org_id AND e.id = v.execution_id AND e.status IN ('running', 'waiting'),
                  json_array_elements(v.events) AS event
            WHERE v.org_id = $1 AND v.execution_id = $2 AND event->>'type' IN ('step-start', 'step-end')
            ORDER BY event->>'stepId', (event->>'seq')::int DESC`,
        [OrgContext.require(), executionId],
      ),
    );
    return rows
      .filter(({ type }) => type === 'step-start')
      .map(({ path, at, data }) => ({
        path,
        nodeId: data.nodeId ?? path,
        kind: data.kind,
        status: 'running',
        port: null,
        tries: data.try,
        input: null,
        output: null,
        error: null,
        large: null,
        usage: null,
        startedAt: at,
        finishedAt: null,
      }));
  }
}
