import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { triggersRoute } from './triggers-route';
import { validateTriggersSearch } from './triggers-search';

export const webhooksRoute = createRoute({
  getParentRoute: () => triggersRoute,
  path: 'webhooks',
  validateSearch: validateTriggersSearch,
  head: () => titled('Webhooks'),
  component: lazyRouteComponent(() => import('@/features/triggers/webhooks-page'), 'WebhooksPage'),
});
