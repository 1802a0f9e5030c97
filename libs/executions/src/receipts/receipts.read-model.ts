import { lastingPath } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { executionNotFound } from '../executions.errors.js';
import type { ReceiptState } from './receipt.dto.js';

/** An entry of the effect ledger without what came back, which is the output of its step. */
export interface ReceiptRow {
  readonly stepPath: string;
  readonly call: string;
  readonly round: number;
  readonly state: ReceiptState;
  readonly requestHash: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What a run did to the outside world, step by step. */
@Injectable()
export class ReceiptsReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly codec: CursorCodec,
  ) {}

  /** In the order of the steps' paths. @throws AppError execution.not_found */
  async ofExecution(
    executionId: string,
    { stepPath, limit, cursor }: { readonly stepPath?: string; readonly limit: number; readonly cursor?: string },
  ): Promise<Page<ReceiptRow>> {
    const orgId = OrgContext.require();
    const list = `receipts:${orgId}:${executionId}:${stepPath ?? ''}`;
    const after = cursor === undefined ? null : this.codec.decode(list, cursor);
    const rows = await this.database.transaction(async (manager) => {
      const [execution] = await manager.query<unknown[]>('SELECT 1 FROM execution WHERE org_id = $1 AND id = $2', [
        orgId,
        executionId,
      ]);
      if (!execution) throw executionNotFound();
      return manager.query<ReceiptRow[]>(
        `SELECT path AS "stepPath", call, round, state, request_hash AS "requestHash", created_at AS "createdAt", updated_at AS "updatedAt"
           FROM effect
          WHERE org_id = $1 AND execution_id = $2 AND ($3::text IS NULL OR path = $3)
            AND ($4::text IS NULL OR (path, call) > ($4, $5::text))
          ORDER BY path, call LIMIT $6`,
        [
          orgId,
          executionId,
          stepPath === undefined ? null : lastingPath(stepPath),
          after?.at ?? null,
          after?.id ?? null,
          limit + 1,
        ],
      );
    });
    return this.codec.page(list, rows, limit, ({ stepPath: at, call: id }) => ({ at, id }));
  }
}
