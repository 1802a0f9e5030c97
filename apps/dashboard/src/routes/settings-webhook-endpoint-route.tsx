import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { DeliveryState } from '@/shared/api/generated/schema';
import { oneOf, text, titled } from './search-values';
import { settingsRoute } from './settings-route';

export interface WebhookEndpointSearch {
  /** `edit` while its form is open. */
  form?: 'edit';
  /** Narrows the deliveries. */
  state?: DeliveryState;
  /** The delivery that stands open. */
  delivery?: string;
}

export const settingsWebhookEndpointRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'webhook-endpoints/$endpointId',
  validateSearch: (search: Record<string, unknown>): WebhookEndpointSearch => ({
    form: oneOf(['edit'], search.form),
    state: oneOf(['armed', 'delivered', 'given_up'], search.state),
    delivery: text(search.delivery),
  }),
  head: () => titled('Webhook endpoint'),
  component: lazyRouteComponent(() => import('@/features/webhook-endpoints/endpoint-page'), 'EndpointPage'),
});
