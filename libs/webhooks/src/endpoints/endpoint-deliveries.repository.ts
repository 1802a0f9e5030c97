import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type DeliveryAnswer, isDelivered } from '../delivery/delivery-outcome.js';
import type { WebhookEndpoint } from './webhook-endpoint.entity.js';

/** What decides whether a delivery may be sent again. */
export interface ReplayableDelivery {
  readonly id: string;
  readonly attempts: number;
  /** An attempt that has neither ended nor been given up as lost. */
  readonly isUnderWay: boolean;
}

/** A message that was tried once, outside of the loop. */
export interface TriedMessage {
  readonly id: string;
  readonly type: string;
  readonly body: string;
  readonly durationMs: number;
}

/** Deliveries as people ask for them; claiming and recording are `DueEndpointDeliveriesRepository`'s. */
@Injectable()
export class EndpointDeliveriesRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Nobody else changes it until the transaction ends. */
  async lock(endpointId: string, id: string): Promise<ReplayableDelivery | null> {
    if (!isId(id)) return null;
    const [row] = await this.rows<ReplayableDelivery>(
      `SELECT d.id, d.attempts, d.state = 'armed' AND d.next_at > now() AND EXISTS (
                SELECT 1 FROM endpoint_attempt t WHERE t.org_id = d.org_id AND t.delivery_id = d.id AND t.number = d.attempts
                   AND t.duration_ms IS NULL) AS "isUnderWay"
         FROM endpoint_delivery d WHERE d.org_id = $1 AND d.endpoint_id = $2 AND d.id = $3 FOR NO KEY UPDATE OF d`,
      [endpointId, id],
    );
    return row ?? null;
  }

  /** Has it tried as soon as anybody has time. */
  async makeDue(id: string): Promise<void> {
    await this.rows(`UPDATE endpoint_delivery SET state = 'armed', next_at = now() WHERE org_id = $1 AND id = $2`, [
      id,
    ]);
  }

  /**
   * Has those tried again that were given up, oldest first.
   * @param since of the event
   * @param limits how many at most, and how often each may have been tried
   * @returns how many there were
   */
  async makeFailedDue(
    endpointId: string,
    since: Date,
    { most, maxAttempts }: { readonly most: number; readonly maxAttempts: number },
  ): Promise<number> {
    const rows = await this.rows(
      `WITH failed AS (
         SELECT id FROM endpoint_delivery
          WHERE org_id = $1 AND endpoint_id = $2 AND state = 'given_up' AND created_at >= $3 AND attempts < $4 AND type <> 'endpoint.test'
          ORDER BY id LIMIT $5 FOR NO KEY UPDATE SKIP LOCKED
       ), due AS (
         UPDATE endpoint_delivery d SET state = 'armed', next_at = now() FROM failed WHERE d.id = failed.id RETURNING d.id
       )
       SELECT id FROM due`,
      [endpointId, since, maxAttempts, most],
    );
    return rows.length;
  }

  /** Enters a message that was tried once already; nobody tries it again by itself. Nothing, when its endpoint is gone. */
  async addTried(endpoint: WebhookEndpoint, message: TriedMessage, answer: DeliveryAnswer): Promise<void> {
    const delivered = isDelivered(answer);
    await this.rows(
      `WITH message AS (
         INSERT INTO endpoint_delivery (id, org_id, endpoint_id, type, body, origin, state, attempts, last_status, last_error, delivered_at)
         SELECT $3::uuid, w.org_id, w.id, $4, $5, w.origin, $6::text, 1, $7::int, $8::text, CASE WHEN $6::text = 'delivered' THEN now() END
           FROM webhook_endpoint w WHERE w.org_id = $1 AND w.id = $2 FOR KEY SHARE
         RETURNING id, org_id
       )
       INSERT INTO endpoint_attempt (delivery_id, number, org_id, status, error, duration_ms, answer)
       SELECT id, 1, org_id, $7::int, $8::text, $9::int, $10 FROM message`,
      [
        endpoint.id,
        message.id,
        message.type,
        message.body,
        delivered ? 'delivered' : 'given_up',
        answer.status,
        answer.error,
        message.durationMs,
        answer.excerpt ?? null,
      ],
    );
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, [OrgContext.require(), ...parameters]));
  }
}
