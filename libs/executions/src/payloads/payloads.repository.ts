import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';

/** A stored large value: its JSON text as it was written. */
export interface StoredPayload {
  readonly content: string;
  readonly bytes: number;
}

/** Large values, always by the run that refers to them: the hash alone opens nothing. */
@Injectable()
export class PayloadsRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Null when the organisation has no such run or the run does not refer to that value. */
  async find(executionId: string, hash: string): Promise<StoredPayload | null> {
    const [row] = await this.rows<StoredPayload>(
      `SELECT p.content::text AS content, p.bytes FROM execution_payload x
         JOIN payload p ON p.org_id = x.org_id AND p.month = run_month(x.execution_id) AND p.hash = x.hash
         JOIN execution e ON e.org_id = x.org_id AND e.id = x.execution_id
        WHERE x.org_id = $1 AND x.execution_id = $2 AND x.hash = $3`,
      [OrgContext.require(), executionId, hash],
    );
    return row ?? null;
  }

  async hasAny(executionId: string): Promise<boolean> {
    const rows = await this.rows(`SELECT 1 FROM execution_payload WHERE org_id = $1 AND execution_id = $2 LIMIT 1`, [
      OrgContext.require(),
      executionId,
    ]);
    return rows.length > 0;
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, parameters));
  }
}
