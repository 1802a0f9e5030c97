import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { DeliveryState } from '#webhooks';

/** A callback as people see it. */
export interface CallbackRow {
  readonly id: string;
  readonly url: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly isRunFinal: boolean;
  /** An attempt that has neither ended nor been given up as lost. */
  readonly isUnderWay: boolean;
}

/** One time that it was tried. */
export interface CallbackAttemptRow {
  readonly number: number;
  readonly at: Date;
  readonly status: number | null;
  readonly error: string | null;
  /** Null while it goes on, and for one whose process died. */
  readonly durationMs: number | null;
}

@Injectable()
export class CallbacksRepository {
  constructor(private readonly database: OrgDatabase) {}

  async find(executionId: string): Promise<CallbackRow | null> {
    const [row] = await this.rows<CallbackRow>(`${SELECT} WHERE c.org_id = $1 AND c.execution_id = $2`, [executionId]);
    return row ?? null;
  }

  /** As `find`, and nobody else changes it until the transaction ends. */
  async lock(executionId: string): Promise<CallbackRow | null> {
    const [row] = await this.rows<CallbackRow>(
      `${SELECT} WHERE c.org_id = $1 AND c.execution_id = $2 FOR NO KEY UPDATE OF c`,
      [executionId],
    );
    return row ?? null;
  }

  /** The log, oldest first. */
  findAttempts(callbackId: string): Promise<CallbackAttemptRow[]> {
    return this.rows(
      `SELECT number, at, status, error, duration_ms AS "durationMs" FROM callback_attempt
        WHERE org_id = $1 AND callback_id = $2 ORDER BY number`,
      [callbackId],
    );
  }

  /** Has it tried as soon as anybody has time. */
  async makeDue(id: string): Promise<void> {
    await this.rows(`UPDATE callback SET state = 'armed', next_at = now() WHERE org_id = $1 AND id = $2`, [id]);
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), ...parameters]));
  }
}

const SELECT = `SELECT c.id, c.url, c.state, c.attempts, c.next_at AS "nextAt", c.last_status AS "lastStatus", c.last_error AS "lastError",
       c.created_at AS "createdAt", c.delivered_at AS "deliveredAt",
       e.status IN ('succeeded', 'failed', 'cancelled', 'timed_out') AS "isRunFinal",
       c.state = 'armed' AND c.next_at > now() AND EXISTS (
         SELECT 1 FROM callback_attempt t WHERE t.org_id = c.org_id AND t.callback_id = c.id AND t.number = c.attempts
            AND t.duration_ms IS NULL) AS "isUnderWay"
  FROM callback c JOIN execution e ON e.org_id = c.org_id AND e.id = c.execution_id`;
