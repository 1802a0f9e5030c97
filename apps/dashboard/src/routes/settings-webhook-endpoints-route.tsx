import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, titled } from './search-values';
import { settingsRoute } from './settings-route';

export interface WebhookEndpointsSearch {
  /** `new` while the form for a new one is open. */
  form?: 'new';
}

export const settingsWebhookEndpointsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'webhook-endpoints',
  validateSearch: (search: Record<string, unknown>): WebhookEndpointsSearch => ({ form: oneOf(['new'], search.form) }),
  head: () => titled('Webhook endpoints'),
  component: lazyRouteComponent(() => import('@/features/webhook-endpoints/endpoints-page'), 'EndpointsPage'),
});
