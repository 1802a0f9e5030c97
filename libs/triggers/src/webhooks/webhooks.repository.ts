import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { Webhook } from './webhook.entity.js';

export type NewWebhookRow = Omit<Webhook, 'orgId' | 'createdAt' | 'updatedAt' | 'lastAt' | 'lastExecutionId'>;

@Injectable()
export class WebhooksRepository extends OrgScopedRepository<Webhook> {
  constructor(database: OrgDatabase) {
    super(database, Webhook);
  }

  find(id: string): Promise<Webhook | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  /** Whoever wants to change the same webhook waits until the open transaction has ended. */
  async lock(id: string): Promise<Webhook | null> {
    if (!isId(id)) return null;
    return this.select('webhook', (query) =>
      query.andWhere('webhook.id = :id', { id }).setLock('pessimistic_write').getOne(),
    );
  }

  /** How many there are; nobody adds one until the open transaction has ended. */
  async countToAdd(): Promise<number> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`webhooks:${this.filter()}`]);
    return this.countRows();
  }

  add(values: NewWebhookRow): Promise<Webhook> {
    return this.insertRow(values);
  }

  async change(id: string, values: Partial<Omit<NewWebhookRow, 'id' | 'token'>>): Promise<void> {
    await this.updateRows({ id }, { ...values, updatedAt: () => 'now()' });
  }

  /** @returns whether there was such a webhook */
  async remove(id: string): Promise<boolean> {
    return isId(id) && (await this.deleteRows({ id })) > 0;
  }
}
