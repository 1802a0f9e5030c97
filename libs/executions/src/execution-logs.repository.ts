import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { ExecutionLog } from './execution-log.entity.js';

/** The lines that steps wrote for people. */
@Injectable()
export class ExecutionLogsRepository extends OrgScopedRepository<ExecutionLog> {
  constructor(database: OrgDatabase) {
    super(database, ExecutionLog);
  }

  findAfter(executionId: string, afterSeq: number, limit: number): Promise<ExecutionLog[]> {
    return this.select('line', (query) =>
      query
        .andWhere('line.executionId = :executionId AND line.seq > :afterSeq', { executionId, afterSeq })
        .orderBy('line.seq', 'ASC')
        .limit(limit)
        .getMany(),
    );
  }
}
