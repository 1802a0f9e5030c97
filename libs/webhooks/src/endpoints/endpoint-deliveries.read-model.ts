import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { isId } from '#platform/ids';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { DeliveryState } from '../delivery/delivery-state.js';
import { deliveryNotFound } from '../webhooks.errors.js';

/** A delivery as lists show it. */
export interface EndpointDeliveryRow {
  readonly id: string;
  readonly type: string;
  readonly executionId: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** One time that it was tried. */
export interface EndpointAttemptRow {
  readonly number: number;
  readonly at: Date;
  readonly status: number | null;
  readonly error: string | null;
  /** Null while it goes on, and for one whose process died. */
  readonly durationMs: number | null;
  /** How the receiver's answer begins, without secrets. */
  readonly answer: string | null;
}

export interface EndpointDeliveryDetail extends EndpointDeliveryRow {
  /** What was sent, byte by byte; null before the first attempt. */
  readonly body: string | null;
  readonly log: readonly EndpointAttemptRow[];
}

export interface DeliveriesQuery {
  readonly limit: number;
  readonly cursor?: string;
  readonly state?: DeliveryState;
}

const COLUMNS = `d.id, d.type, d.execution_id AS "executionId", d.state, d.attempts, d.next_at AS "nextAt",
       d.last_status AS "lastStatus", d.last_error AS "lastError", d.created_at AS "createdAt", d.delivered_at AS "deliveredAt"`;

/** What became of messages to an endpoint. Whether there is such an endpoint is asked before. */
@Injectable()
export class EndpointDeliveriesReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /** Newest first. @throws AppError malformed for a cursor of another list */
  async list(endpointId: string, { limit, cursor, state }: DeliveriesQuery): Promise<Page<EndpointDeliveryRow>> {
    const list = `endpoint-deliveries:${OrgContext.require()}:${endpointId}`;
    const before = cursor === undefined ? null : this.cursors.decode(list, cursor).id;
    const rows = await this.rows<EndpointDeliveryRow>(
      `SELECT ${COLUMNS} FROM endpoint_delivery d
        WHERE d.org_id = $1 AND d.endpoint_id = $2 AND ($3::uuid IS NULL OR d.id < $3) AND ($4::text IS NULL OR d.state = $4)
        ORDER BY d.id DESC LIMIT $5`,
      [endpointId, before, state ?? null, limit + 1],
    );
    return this.cursors.page(list, rows, limit, (row) => ({ id: row.id, at: row.createdAt.toISOString() }));
  }

  /** @throws AppError not found */
  async get(endpointId: string, id: string): Promise<EndpointDeliveryDetail> {
    if (!isId(id)) throw deliveryNotFound();
    const [row] = await this.rows<EndpointDeliveryRow & { body: string | null }>(
      `SELECT ${COLUMNS}, d.body FROM endpoint_delivery d WHERE d.org_id = $1 AND d.endpoint_id = $2 AND d.id = $3`,
      [endpointId, id],
    );
    if (!row) throw deliveryNotFound();
    const log = await this.rows<EndpointAttemptRow>(
      `SELECT number, at, status, error, duration_ms AS "durationMs", answer FROM endpoint_attempt
        WHERE org_id = $1 AND delivery_id = $2 ORDER BY number`,
      [id],
    );
    return { ...row, log };
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), ...parameters]));
  }
}
