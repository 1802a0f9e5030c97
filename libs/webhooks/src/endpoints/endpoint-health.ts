import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type DeliveryAnswer, isDelivered, isGone } from '../delivery/delivery-outcome.js';
import type { DisabledReason } from './webhook-endpoint.entity.js';
import { WebhookEvents } from './webhook-events.js';

/** As long as the retries of one message go on. */
const DISABLE_AFTER_HOURS = 72;

/** So that a rare event whose single attempt failed days ago is not enough. */
const DISABLE_AFTER_FAILURES = 10;

interface FailingEndpoint {
  readonly name: string;
  readonly enabled: boolean;
  readonly failures: number;
  readonly isLong: boolean;
}

/**
 * Switches an endpoint off that nobody answers at: after three days without a single delivery and at least ten
 * attempts, or at once when it answers 410.
 */
@Injectable()
export class EndpointHealth {
  constructor(
    private readonly database: OrgDatabase,
    private readonly events: WebhookEvents,
  ) {}

  /** In the endpoint's organisation. What never left this process says nothing about the endpoint. */
  async heard(endpointId: string, answer: DeliveryAnswer): Promise<void> {
    if (answer.ours) return;
    if (isDelivered(answer)) await this.noteDelivery(endpointId);
    else await this.noteFailure(endpointId, isGone(answer));
  }

  private async noteDelivery(endpointId: string): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(
        `UPDATE webhook_endpoint SET failures = 0, failing_since = NULL WHERE org_id = $1 AND id = $2 AND failures > 0`,
        [OrgContext.require(), endpointId],
      ),
    );
  }

  private noteFailure(endpointId: string, gone: boolean): Promise<void> {
    return this.database.transaction(async (manager) => {
      const owned = [OrgContext.require(), endpointId];
      const [endpoint] = await manager.query<FailingEndpoint[]>(
        `WITH failing AS (
           UPDATE webhook_endpoint SET failures = failures + 1, failing_since = coalesce(failing_since, now())
            WHERE org_id = $1 AND id = $2 RETURNING name, enabled, failures, failing_since
         )
         SELECT name, enabled, failures, failing_since <= now() - make_interval(hours => ${DISABLE_AFTER_HOURS}) AS "isLong" FROM failing`,
        owned,
      );
      if (!endpoint?.enabled) return;
      const isFailing = endpoint.isLong && endpoint.failures >= DISABLE_AFTER_FAILURES;
      if (!gone && !isFailing) return;
      const reason: DisabledReason = gone ? 'gone' : 'failing';
      await manager.query(
        `UPDATE webhook_endpoint SET enabled = false, disabled_at = now(), disabled_reason = $3, notified_at = NULL
          WHERE org_id = $1 AND id = $2`,
        [...owned, reason],
      );
      await this.events.announce('endpoint.disabled', { id: endpointId, name: endpoint.name, reason });
    });
  }
}
