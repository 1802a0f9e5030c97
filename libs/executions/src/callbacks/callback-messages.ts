import type { Failure, Usage } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { FinalStatus } from '../execution-status.js';

/** Receivers read messages whole; what is longer is fetched by whoever wants it. */
const MAX_OUTPUT_BYTES = 256 * 1024;

interface EndedRunRow {
  readonly id: string;
  readonly agentId: string;
  readonly version: number;
  readonly status: FinalStatus;
  readonly output: unknown;
  readonly outputBytes: number | null;
  readonly error: Failure | null;
  readonly usage: Usage;
  readonly metadata: Record<string, unknown> | null;
  readonly createdAt: Date;
  readonly finishedAt: Date;
}

/** What a callback says. Made from the row each time, so it is the same at every attempt. */
@Injectable()
export class CallbackMessages {
  constructor(private readonly database: OrgDatabase) {}

  /** The body as JSON text; null when the run is gone. */
  async of(executionId: string): Promise<string | null> {
    const [row] = await this.database.transaction((manager) =>
      manager.query<EndedRunRow[]>(
        `SELECT e.id, e.agent_id AS "agentId", e.version, e.status, e.error, e.usage, e.metadata, e.created_at AS "createdAt",
                e.finished_at AS "finishedAt", CASE WHEN o.bytes <= $3 THEN e.output END AS output, o.bytes AS "outputBytes"
           FROM execution e CROSS JOIN LATERAL (SELECT octet_length(e.output::text) AS bytes) o
          WHERE e.org_id = $1 AND e.id = $2`,
        [OrgContext.require(), executionId, MAX_OUTPUT_BYTES],
      ),
    );
    return row ? JSON.stringify(toMessage(row)) : null;
  }
}

function toMessage({ outputBytes, ...run }: EndedRunRow): Record<string, unknown> {
  return {
    type: 'execution.finished',
    timestamp: run.finishedAt,
    data: {
      id: run.id,
      agentId: run.agentId,
      version: run.version,
      status: run.status,
      output: run.output,
      ...(outputBytes !== null &&
        outputBytes > MAX_OUTPUT_BYTES && {
          outputOmitted: { bytes: outputBytes, path: `/api/v1/executions/${run.id}` },
        }),
      error: run.error,
      usage: run.usage,
      metadata: run.metadata,
      createdAt: run.createdAt,
      finishedAt: run.finishedAt,
    },
  };
}
