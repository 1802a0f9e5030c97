import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type EventReference, MessageSources } from '#webhooks';
import { EndedRunReadModel } from './ended-run.read-model.js';

/** An endpoint is told of every run, so its messages are thin; what is longer is fetched by whoever wants it. */
const MAX_OUTPUT_BYTES = 16 * 1024;

interface WaitingRunRow {
  readonly id: string;
  readonly agentId: string;
  readonly version: number;
  readonly trigger: string;
  readonly metadata: Record<string, unknown> | null;
  readonly createdAt: Date;
  readonly wait: Readonly<Record<string, unknown>>;
}

/** What endpoints are told of runs: `execution.*`. */
@Injectable()
export class RunEventMessages implements OnModuleInit {
  constructor(
    private readonly database: OrgDatabase,
    private readonly ended: EndedRunReadModel,
    private readonly sources: MessageSources,
  ) {}

  onModuleInit(): void {
    this.sources.register('execution', (event) => this.dataOf(event));
  }

  private async dataOf({ executionId, waitId }: EventReference): Promise<Readonly<Record<string, unknown>> | null> {
    if (executionId === null) return null;
    if (waitId !== null) return this.waiting(executionId, waitId);
    return (await this.ended.find(executionId, MAX_OUTPUT_BYTES))?.data ?? null;
  }

  /** Only what was true from the beginning of the wait: an answer that came in between is not told. */
  private async waiting(executionId: string, waitId: string): Promise<Readonly<Record<string, unknown>> | null> {
    const [run] = await this.database.transaction((manager) =>
      manager.query<WaitingRunRow[]>(
        `SELECT e.id, e.agent_id AS "agentId", e.version, e.trigger, e.metadata, e.created_at AS "createdAt",
                json_build_object('id', w.id, 'kind', w.kind, 'path', w.path, 'title', w.title, 'decisions', w.decisions,
                  'payloadHash', w.payload_hash, 'dueAt', w.due_at) AS wait
           FROM wait w JOIN execution e ON e.org_id = w.org_id AND e.id = w.execution_id
          WHERE w.org_id = $1 AND w.execution_id = $2 AND w.id = $3`,
        [OrgContext.require(), executionId, waitId],
      ),
    );
    return run ? { ...run, status: 'waiting' } : null;
  }
}
