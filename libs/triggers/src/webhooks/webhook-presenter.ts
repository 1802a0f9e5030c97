import { PublicAddress } from '#auth';
import { Injectable } from '@nestjs/common';
import { type CreatedWebhookResponse, type WebhookPageResponse, WebhookResponse } from './dto/webhook-response.dto.js';
import { type WebhookRow, WebhooksReadModel } from './webhooks.read-model.js';
import type { TriggerListQuery } from '../trigger-list.js';
import type { SaidSecret } from './webhooks.service.js';

/** Webhooks with the address under which this installation is reached. */
@Injectable()
export class WebhookPresenter {
  constructor(
    private readonly webhooks: WebhooksReadModel,
    private readonly address: PublicAddress,
  ) {}

  async get(id: string): Promise<WebhookResponse> {
    return this.shown(await this.webhooks.get(id));
  }

  async created({ id, secret }: SaidSecret): Promise<CreatedWebhookResponse> {
    return { ...(await this.get(id)), secret };
  }

  async list(query: TriggerListQuery): Promise<WebhookPageResponse> {
    const { data, ...place } = await this.webhooks.list(query);
    return { data: data.map((row) => this.shown(row)), ...place };
  }

  private shown(row: WebhookRow): WebhookResponse {
    return WebhookResponse.from(row, this.address.link(`/hooks/${row.token}`));
  }
}
