import type { EventType } from '../endpoints/event-types.js';
import { WebhookEndpointsService } from '../endpoints/webhook-endpoints.service.js';

/** What can give us a service of a running process. */
interface Process {
  get<T>(type: new (...guests: never[]) => T): T;
}

/** An endpoint of the open organisation. @returns its secret */
export async function newTestEndpoint(process: Process, url: string, events: readonly EventType[]): Promise<string> {
  const endpoints = process.get(WebhookEndpointsService);
  const { secret } = await endpoints.create({ name: 'Orders', description: '', url, events, enabled: true });
  return secret;
}
