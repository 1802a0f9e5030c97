import type { ApiClient } from '../support/clients/api.client.js';

/**
 * Two webhook endpoints, the first tried twice. Nothing happens to them by itself afterwards.
 * @param url that is refused when it is called
 * @returns the id of the first, and of one trial
 */
export async function makeEndpoints(
  { http }: ApiClient,
  url: string,
  marker: string,
): Promise<{ webhookEndpointId: string; endpointDeliveryId: string }> {
  const make = (name: string) =>
    http.ask<{ id: string }>('POST', '/webhook-endpoints', { name, url, events: ['endpoint.disabled'] });
  const { id: webhookEndpointId } = await make(`${marker} endpoint 1`);
  await make(`${marker} endpoint 2`);
  const test = () => http.ask<{ deliveryId: string }>('POST', `/webhook-endpoints/${webhookEndpointId}/test`);
  const { deliveryId: endpointDeliveryId } = await test();
  await test();
  return { webhookEndpointId, endpointDeliveryId };
}
