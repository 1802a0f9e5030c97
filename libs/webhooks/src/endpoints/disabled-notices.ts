import { PublicAddress } from '#auth';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InjectLogger, type Logger } from '#platform/logging';
import { Mailer } from '#platform/mail';
import { OrgDatabase } from '#tenancy';
import type { DisabledReason } from './webhook-endpoint.entity.js';

const REASON = 'owners of every organisation are told of endpoints that were switched off';

/** Bounds one round, and the mails about one endpoint. */
const ENDPOINTS_AT_ONCE = 20;
const MAX_OWNERS = 20;

interface UntoldEndpoint {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
  readonly reason: DisabledReason;
  readonly owners: readonly string[] | null;
}

const REASONS: Readonly<Record<DisabledReason, string>> = {
  failing: 'nothing that was sent there in the last three days was answered with 2xx',
  gone: 'it answered 410, which asks for no more messages',
};

/**
 * Mails the owners when an endpoint was switched off. It is noted before the mails leave, so that several processes
 * send one each; the endpoint's page says the same, whatever becomes of them.
 */
@Injectable()
export class DisabledNotices implements OnModuleDestroy {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly database: OrgDatabase,
    private readonly mailer: Mailer,
    private readonly address: PublicAddress,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /** Begins to tell of those that nobody was told of; a slow mail server holds no delivery up. */
  async round(): Promise<void> {
    const endpoints = await this.database.acrossOrgsStatement<UntoldEndpoint>(
      REASON,
      `WITH untold AS (
         SELECT id FROM webhook_endpoint WHERE disabled_reason IS NOT NULL AND notified_at IS NULL
          ORDER BY id LIMIT ${ENDPOINTS_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
       )
       UPDATE webhook_endpoint e SET notified_at = now() FROM untold WHERE e.id = untold.id
       RETURNING e.id, e.name, e.origin, e.disabled_reason AS reason, (
         SELECT json_agg(o.email) FROM (
           SELECT u.email FROM org_membership m JOIN "user" u ON u.id = m.user_id
            WHERE m.org_id = e.org_id AND m.role = 'owner' ORDER BY m.id LIMIT ${MAX_OWNERS}) AS o) AS owners`,
      [],
    );
    for (const endpoint of endpoints) {
      const telling: Promise<void> = this.tell(endpoint).finally(() => this.underWay.delete(telling));
      this.underWay.add(telling);
    }
  }

  /** Resolves when no mail is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async onModuleDestroy(): Promise<void> {
    await this.settled();
  }

  private async tell({ id, name, origin, reason, owners }: UntoldEndpoint): Promise<void> {
    const title = name.replace(/[\s\p{C}]+/gu, ' ');
    const text = [
      `AgentFlow sends nothing more to the webhook endpoint "${title}" (${origin}): ${REASONS[reason]}.`,
      `When the receiver works again, switch the endpoint on and send again what it missed:\n${this.address.link(`/settings/webhook-endpoints/${id}`)}`,
    ].join('\n\n');
    for (const to of owners ?? []) {
      await this.mailer
        .send({ to, subject: `Webhook endpoint "${title}" was switched off`, text: `${text}\n` })
        .catch((error: unknown) => this.logger.error({ err: error, endpointId: id }, 'a mail was not sent'));
    }
  }
}
