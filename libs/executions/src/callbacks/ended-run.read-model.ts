import type { Failure, Usage } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { FinalStatus } from '../execution-status.js';
import type { LargeFields } from '../payloads/payload.js';
import { wholeValue } from '../payloads/whole-value.js';

interface EndedRunRow {
  readonly id: string;
  readonly agentId: string;
  readonly version: number;
  readonly status: FinalStatus;
  readonly trigger: string;
  readonly output: unknown;
  readonly outputBytes: number | null;
  readonly large: LargeFields | null;
  readonly error: Failure | null;
  readonly usage: Usage;
  readonly metadata: Record<string, unknown> | null;
  readonly createdAt: Date;
  readonly finishedAt: Date;
}

/** How a run ended, as other systems are told. Read from the row, which changes no more, so it is the same each time. */
export interface EndedRun {
  readonly finishedAt: Date;
  /** `data` of the message. */
  readonly data: Readonly<Record<string, unknown>>;
}

@Injectable()
export class EndedRunReadModel {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * @param maxOutputBytes of an output that is told; a longer one is fetched by whoever wants it
   * @returns null when the run is gone
   */
  async find(executionId: string, maxOutputBytes: number): Promise<EndedRun | null> {
    const [row] = await this.database.transaction((manager) =>
      manager.query<EndedRunRow[]>(
        `SELECT e.id, e.agent_id AS "agentId", e.version, e.status, e.trigger, e.error, e.usage, e.metadata, e.created_at AS "createdAt",
                e.finished_at AS "finishedAt", e.large,
                CASE WHEN o.bytes <= $3 THEN ${wholeValue('e', 'output', 'e.id')} END AS output, o.bytes AS "outputBytes"
           FROM execution e CROSS JOIN LATERAL (SELECT coalesce((e.large->'output'->>'bytes')::int, octet_length(e.output::text)) AS bytes) o
          WHERE e.org_id = $1 AND e.id = $2`,
        [OrgContext.require(), executionId, maxOutputBytes],
      ),
    );
    return row ? { finishedAt: row.finishedAt, data: toData(row, maxOutputBytes) } : null;
  }
}

function toData({ outputBytes, large, ...run }: EndedRunRow, maxOutputBytes: number): Record<string, unknown> {
  return {
    id: run.id,
    agentId: run.agentId,
    version: run.version,
    status: run.status,
    trigger: run.trigger,
    output: run.output,
    ...(outputBytes !== null &&
      outputBytes > maxOutputBytes && {
        outputOmitted: {
          bytes: outputBytes,
          path: `/api/v1/executions/${run.id}${large?.output ? `/payloads/${large.output.hash}` : ''}`,
        },
      }),
    error: run.error,
    usage: run.usage,
    metadata: run.metadata,
    createdAt: run.createdAt,
    finishedAt: run.finishedAt,
  };
}
