import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import type { TriggerFailure } from '../trigger-failure.js';
import { WebhookDelivery } from './webhook-delivery.entity.js';

/** A message that proved its sender. */
export interface VerifiedMessage {
  readonly webhookId: string;
  readonly messageId: string;
  readonly bodyHash: string;
}

const KEPT_DAYS = 30;

/** Bounds one statement of the clean-up. */
const DELETE_LIMIT = 5_000;

@Injectable()
export class WebhookDeliveriesRepository extends OrgScopedRepository<WebhookDelivery> {
  constructor(database: OrgDatabase) {
    super(database, WebhookDelivery);
  }

  find({ webhookId, messageId }: VerifiedMessage): Promise<WebhookDelivery | null> {
    return this.findFirst({ webhookId, messageId });
  }

  /** The same message came again. */
  async noteRepeat(id: string): Promise<void> {
    await this.updateRows({ id }, { repeated: () => 'repeated + 1' });
  }

  /** Deliveries side by side agree on the run, so whichever writes first is right and the others are repetitions. */
  async recordAccepted({ webhookId, messageId, bodyHash }: VerifiedMessage, executionId: string): Promise<void> {
    await this.statement(
      `WITH delivery AS (
         INSERT INTO webhook_delivery AS d (id, org_id, webhook_id, message_id, body_hash, outcome, execution_id)
         VALUES ($1, $2, $3, $4, $5, 'accepted', $6)
         ON CONFLICT (webhook_id, message_id) DO UPDATE SET repeated = d.repeated + 1, outcome = 'accepted', failure = NULL,
           execution_id = excluded.execution_id, body_hash = excluded.body_hash)
       UPDATE webhook SET last_at = now(), last_execution_id = $6 WHERE org_id = $2 AND id = $3`,
      [newId(), this.filter(), webhookId, messageId, bodyHash, executionId],
    );
  }

  /** It may come again and be accepted then. */
  async recordRefused({ webhookId, messageId, bodyHash }: VerifiedMessage, failure: TriggerFailure): Promise<void> {
    await this.statement(
      `WITH delivery AS (
         INSERT INTO webhook_delivery AS d (id, org_id, webhook_id, message_id, body_hash, outcome, failure)
         VALUES ($1, $2, $3, $4, $5, 'refused', $6)
         ON CONFLICT (webhook_id, message_id) DO UPDATE SET repeated = d.repeated + 1, failure = excluded.failure,
           body_hash = excluded.body_hash WHERE d.outcome = 'refused')
       UPDATE webhook SET last_at = now() WHERE org_id = $2 AND id = $3`,
      [newId(), this.filter(), webhookId, messageId, bodyHash, JSON.stringify(failure)],
    );
  }

  /**
   * Forgets old deliveries of every organisation, whose messages are too old to be accepted again. Where a message
   * carries no time, only this memory tells a repetition, so accepted ones stay.
   * @returns how many there were
   */
  async deleteOld(): Promise<number> {
    const rows = await this.database.acrossOrgsStatement<{ id: string }>(
      'old deliveries of every organisation are forgotten',
      `DELETE FROM webhook_delivery WHERE id IN (
         SELECT d.id FROM webhook_delivery d JOIN webhook w ON w.org_id = d.org_id AND w.id = d.webhook_id
          WHERE d.created_at < now() - make_interval(days => $1)
            AND (d.outcome = 'refused' OR w.verification = 'standard-webhooks' OR w.timestamp_header IS NOT NULL)
          ORDER BY d.created_at LIMIT $2)
       RETURNING id`,
      [KEPT_DAYS, DELETE_LIMIT],
    );
    return rows.length;
  }
}
