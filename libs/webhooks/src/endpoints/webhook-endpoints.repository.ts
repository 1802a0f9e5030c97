import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { OrgDatabase, OrgScopedRepository } from '#tenancy';
import { WebhookEndpoint } from './webhook-endpoint.entity.js';

export type NewEndpointRow = Pick<
  WebhookEndpoint,
  'id' | 'name' | 'description' | 'url' | 'origin' | 'events' | 'enabled' | 'sealedSecret' | 'createdByUserId'
>;

export type EndpointChange = Partial<Omit<WebhookEndpoint, 'id' | 'orgId' | 'createdAt' | 'createdByUserId'>>;

@Injectable()
export class WebhookEndpointsRepository extends OrgScopedRepository<WebhookEndpoint> {
  constructor(database: OrgDatabase) {
    super(database, WebhookEndpoint);
  }

  find(id: string): Promise<WebhookEndpoint | null> {
    return isId(id) ? this.findFirst({ id }) : Promise.resolve(null);
  }

  /** Newest first; there are few. */
  findAll(): Promise<WebhookEndpoint[]> {
    return this.findMany({ order: { id: 'DESC' } });
  }

  /** Whoever wants to change the same endpoint waits until the open transaction has ended. */
  async lock(id: string): Promise<WebhookEndpoint | null> {
    if (!isId(id)) return null;
    return this.select('e', (query) => query.andWhere('e.id = :id', { id }).setLock('for_no_key_update').getOne());
  }

  /** How many there are; nobody adds one until the open transaction has ended. */
  async countToAdd(): Promise<number> {
    await this.statement(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `webhook_endpoints:${this.filter()}`,
    ]);
    return this.countRows();
  }

  add(values: NewEndpointRow): Promise<WebhookEndpoint> {
    return this.insertRow(values);
  }

  async change(id: string, values: EndpointChange): Promise<void> {
    await this.updateRows({ id }, { ...values, updatedAt: () => 'now()' });
  }

  /** With its deliveries. @returns whether there was such an endpoint */
  async remove(id: string): Promise<boolean> {
    return isId(id) && (await this.deleteRows({ id })) > 0;
  }
}
