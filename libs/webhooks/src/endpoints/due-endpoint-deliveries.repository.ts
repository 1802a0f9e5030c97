import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { type ClaimedDelivery, type DeliveryLimits, DueRows } from '../delivery/due-rows.js';
import type { UntoldEvent } from './message-bodies.js';

const REASON = 'deliveries to the webhook endpoints of every organisation';

const KEPT_DAYS = 30;

/** Bounds one statement of the clean-up. */
const DELETE_AT_ONCE = 1_000;

/** A delivery that this process may make now. */
export interface ClaimedEndpointDelivery extends ClaimedDelivery, UntoldEvent {
  readonly id: string;
  readonly executionId: string | null;
  readonly endpointId: string;
}

export interface EndpointsSituation {
  /** Whether any endpoint is switched on. */
  readonly areAny: boolean;
  /** Whether any delivery is due. */
  readonly areDue: boolean;
  /** Whether we switched an endpoint off and its owners have not been told. */
  readonly areNotices: boolean;
}

/** Deliveries to endpoints by the database's clock, for a whole process at once. */
@Injectable()
export class DueEndpointDeliveriesRepository {
  private readonly rows: DueRows<ClaimedEndpointDelivery>;

  constructor(private readonly database: OrgDatabase) {
    this.rows = new DueRows(database, {
      reason: REASON,
      messages: 'endpoint_delivery',
      attempts: 'endpoint_attempt',
      messageId: 'delivery_id',
      columns: 'endpoint_id AS "endpointId", type, wait_id AS "waitId", data, body, created_at AS "createdAt"',
      keepsAnswers: true,
    });
  }

  async situation(): Promise<EndpointsSituation> {
    const [row] = await this.database.acrossOrgsStatement<EndpointsSituation>(
      REASON,
      `SELECT EXISTS (SELECT 1 FROM webhook_endpoint WHERE enabled) AS "areAny",
              EXISTS (SELECT 1 FROM endpoint_delivery WHERE state = 'armed' AND next_at <= now()) AS "areDue",
              EXISTS (SELECT 1 FROM webhook_endpoint WHERE disabled_reason IS NOT NULL AND notified_at IS NULL) AS "areNotices"`,
      [],
    );
    return row ?? { areAny: false, areDue: false, areNotices: false };
  }

  /** See `DueRows.claim`. */
  claim(limits: DeliveryLimits): Promise<ClaimedEndpointDelivery[]> {
    return this.rows.claim(limits);
  }

  /** What an attempt has come to, and when the next one is. */
  record(...of: Parameters<DueRows<ClaimedEndpointDelivery>['record']>): Promise<void> {
    return this.rows.record(...of);
  }

  /** Forgets some deliveries of every organisation that are older than thirty days. @returns whether there may be more */
  async deleteSomeOld(): Promise<boolean> {
    const rows = await this.database.acrossOrgsStatement(
      REASON,
      `DELETE FROM endpoint_delivery WHERE id IN (
         SELECT id FROM endpoint_delivery WHERE id < first_run_id(now() - make_interval(days => ${KEPT_DAYS}))
          ORDER BY id LIMIT ${DELETE_AT_ONCE})
       RETURNING id`,
      [],
    );
    return rows.length === DELETE_AT_ONCE;
  }
}
