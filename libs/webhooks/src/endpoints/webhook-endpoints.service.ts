import { currentPrincipal } from '#auth';
import { Injectable } from '@nestjs/common';
import { newId } from '#platform/ids';
import { OrgDatabase } from '#tenancy';
import { endpointNotFound, tooManyEndpoints } from '../webhooks.errors.js';
import { EndpointSecrets } from './endpoint-secrets.js';
import type { EventType } from './event-types.js';
import type { WebhookEndpoint } from './webhook-endpoint.entity.js';
import { type EndpointChange, WebhookEndpointsRepository } from './webhook-endpoints.repository.js';

const MAX_ENDPOINTS = 20;

export interface NewEndpoint {
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly events: readonly EventType[];
  readonly enabled: boolean;
}

/** An endpoint with its secret, which is said this once. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/** Webhook endpoints as people keep them. */
@Injectable()
export class WebhookEndpointsService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly secrets: EndpointSecrets,
  ) {}

  list(): Promise<WebhookEndpoint[]> {
    return this.endpoints.findAll();
  }

  /** @throws AppError not found */
  async get(id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.find(id);
    if (!endpoint) throw endpointNotFound();
    return endpoint;
  }

  /** @throws AppError too many */
  create({ url, events, ...values }: NewEndpoint): Promise<EndpointWithSecret> {
    const id = newId();
    return this.database.transaction(async () => {
      if ((await this.endpoints.countToAdd()) >= MAX_ENDPOINTS) throw tooManyEndpoints(MAX_ENDPOINTS);
      const { secret, sealedSecret } = await this.secrets.make(id);
      await this.endpoints.add({
        ...values,
        id,
        url,
        origin: new URL(url).origin,
        events: [...new Set(events)],
        sealedSecret,
        createdByUserId: currentPrincipal().userId,
      });
      return { endpoint: await this.get(id), secret };
    });
  }

  /** Switching it on forgets how it failed before. @throws AppError not found */
  update(id: string, { url, events, enabled, ...values }: Partial<NewEndpoint>): Promise<WebhookEndpoint> {
    return this.database.transaction(async () => {
      const before = await this.endpoints.lock(id);
      if (!before) throw endpointNotFound();
      const isSwitchedOn = enabled === true && !before.enabled;
      await this.endpoints.change(id, {
        ...values,
        ...(url !== undefined && { url, origin: new URL(url).origin }),
        ...(events !== undefined && { events: [...new Set(events)] }),
        ...(enabled !== undefined && { enabled }),
        ...(isSwitchedOn && UNHARMED),
      });
      return this.get(id);
    });
  }

  /** With its deliveries. @throws AppError not found */
  async delete(id: string): Promise<void> {
    if (!(await this.endpoints.remove(id))) throw endpointNotFound();
  }

  /** For a day messages carry a signature of the secret before, too. @throws AppError not found */
  rotateSecret(id: string): Promise<EndpointWithSecret> {
    return this.database.transaction(async () => {
      const before = await this.endpoints.lock(id);
      if (!before) throw endpointNotFound();
      const { secret, columns } = await this.secrets.rotate(before);
      await this.endpoints.change(id, columns);
      return { endpoint: await this.get(id), secret };
    });
  }
}

const UNHARMED: EndpointChange = {
  failures: 0,
  failingSince: null,
  disabledAt: null,
  disabledReason: null,
  notifiedAt: null,
};
