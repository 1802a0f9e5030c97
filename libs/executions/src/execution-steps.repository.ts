import type { StepRecord } from '#kernel';
import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ExecutionStep } from './execution-step.entity.js';
import { wholeValue } from './payloads/whole-value.js';

/** Where a page of steps begins: behind this one. */
export interface StepPosition {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly path: string;
}

/** Finished steps, as a resumed run and the run page read them. */
@Injectable()
export class ExecutionStepsRepository extends OrgScopedRepository<ExecutionStep> {
  constructor(database: OrgDatabase) {
    super(database, ExecutionStep);
  }

  /** In the order in which they started, without large values. */
  findPage(executionId: string, after: StepPosition | null, limit: number): Promise<ExecutionStep[]> {
    return this.select('step', (query) => {
      const page = query.andWhere('step.executionId = :executionId', { executionId });
      if (after) {
        page.andWhere(
          '(step.startedAt, step.finishedAt, step.path) > (CAST(:startedAt AS timestamptz), CAST(:finishedAt AS timestamptz), :path)',
          after,
        );
      }
      return page
        .orderBy({ 'step.startedAt': 'ASC', 'step.finishedAt': 'ASC', 'step.path': 'ASC' })
        .limit(limit)
        .getMany();
    });
  }

  findByPath(executionId: string, path: string): Promise<ExecutionStep | null> {
    return this.findFirst({ executionId, path });
  }

  /**
   * The latest step of each node, without the steps inside of nodes. A loop is its own visit, whose path ends with the
   * number of the iteration.
   */
  findLatestOfNodes(executionId: string, limit: number): Promise<ExecutionStep[]> {
    return this.select('step', (query) =>
      query
        .andWhere('step.executionId = :executionId', { executionId })
        .andWhere(`right('/' || ${OWN_PATH}, length(step.nodeId) + 1) = '/' || step.nodeId`)
        .distinctOn(['step.nodeId'])
        .orderBy({ 'step.nodeId': 'ASC', 'step.finishedAt': 'DESC', 'step.path': 'DESC' })
        .limit(limit)
        .getMany(),
    );
  }

  /** What a resumed run needs of each step, whole. */
  async findRecords(executionId: string): Promise<ReadonlyMap<string, StepRecord>> {
    const rows = await this.database.transaction((manager) =>
      manager.query<StepRow[]>(
        `SELECT s.path, s.node_id AS "nodeId", s.kind, s.status, s.port, s.tries, s.usage, s.started_at AS "startedAt",
                s.finished_at AS "finishedAt", ${wholeValue('s', 'output', 's.execution_id')} AS output, ${wholeValue('s', 'error', 's.execution_id')} AS error
           FROM execution_step s WHERE s.org_id = $1 AND s.execution_id = $2 ORDER BY s.started_at, s.finished_at, s.path`,
        [OrgContext.require(), executionId],
      ),
    );
    return new Map(rows.map((row) => [row.path, toRecord(row)]));
  }

  /** Those that succeeded, as rows of the journal for a run that takes them over. What they have used was paid for by this one. */
  async findRowsToCarryOver(executionId: string): Promise<string[]> {
    const rows = await this.database.transaction((manager) =>
      manager.query<{ row: string }[]>(
        `SELECT json_build_object('path', path, 'node_id', node_id, 'kind', kind, 'status', status, 'port', port, 'tries', tries, 'input', input,
                  'output', output, 'error', error, 'large', large, 'started_at', started_at, 'finished_at', finished_at)::text AS row
           FROM execution_step WHERE org_id = $1 AND execution_id = $2 AND status = 'succeeded' ORDER BY started_at, finished_at, path`,
        [OrgContext.require(), executionId],
      ),
    );
    return rows.map(({ row }) => row);
  }
}

/** A step's path without the number of a further try, and for a loop without that of its iteration. */
const OWN_PATH = `regexp_replace(step.path, CASE step.kind WHEN 'loop' THEN '/[0-9]+(~[0-9]+)?$' ELSE '~[0-9]+$' END, '')`;

type StepRow = Omit<ExecutionStep, 'orgId' | 'executionId' | 'input' | 'large'>;

function toRecord(step: StepRow): StepRecord {
  return {
    path: step.path,
    nodeId: step.nodeId,
    kind: step.kind,
    status: step.status,
    port: step.port,
    output: step.output ?? undefined,
    error: step.error ?? undefined,
    usage: step.usage ?? undefined,
    tries: step.tries,
    startedAt: step.startedAt.getTime(),
    finishedAt: step.finishedAt.getTime(),
  };
}
