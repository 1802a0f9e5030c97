import { Injectable } from '@nestjs/common';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Execution } from './execution.entity.js';
import { wholeValue } from './payloads/whole-value.js';

/** Every question about runs, asked for one organisation. */
@Injectable()
export class ExecutionsRepository extends OrgScopedRepository<Execution> {
  constructor(database: OrgDatabase) {
    super(database, Execution);
  }

  findById(id: string): Promise<Execution | null> {
    return this.findFirst({ id });
  }

  /** What the key was used for; `executionId` is null when that was no start of a run. */
  async findByIdempotencyKey(key: string): Promise<{ executionId: string | null; requestHash: string } | null> {
    const [row] = await this.statement<{ executionId: string | null; requestHash: string }>(
      `SELECT execution_id AS "executionId", request_hash AS "requestHash" FROM idempotency_key
        WHERE org_id = $1 AND key = $2 AND expires_at > now()`,
      [this.filter(), key],
    );
    return row ?? null;
  }

  /**
   * Takes a queued run for this process: raises its attempt, which shuts every earlier one out. Null when there is
   * nothing to take.
   * @param evenWaiting also one that waits for something
   */
  async claim(id: string, leaseOwner: string, leaseMs: number, evenWaiting = false): Promise<Execution | null> {
    const claimed = await this.database.transaction(async (manager) => {
      const [, count] = await manager.query<[unknown, number]>(
        `UPDATE execution SET status = 'running', attempt = attempt + 1, lease_owner = $3,
                lease_expires_at = now() + make_interval(secs => $4 / 1000.0), started_at = coalesce(started_at, now())
          WHERE org_id = $1 AND id = $2 AND (status = 'queued' OR $5 AND status = 'waiting')`,
        [this.filter(), id, leaseOwner, leaseMs, evenWaiting],
      );
      return count === 1 ? this.findWhole(id) : null;
    });
    return claimed;
  }

  private async findWhole(id: string): Promise<Execution | null> {
    const execution = await this.findById(id);
    if (execution === null || execution.large === null) return execution;
    const [row] = await this.statement<{ input: unknown }>(
      `SELECT ${wholeValue('e', 'input', 'e.id')} AS input FROM execution e WHERE e.org_id = $1 AND e.id = $2`,
      [this.filter(), id],
    );
    return Object.assign(execution, row);
  }

  /** Notes the wish to cancel; the owner of the run hears of it through the bus or its next heartbeat. */
  requestCancel(id: string): Promise<number> {
    return this.updateRows({ id }, { cancelRequestedAt: new Date() });
  }
}
