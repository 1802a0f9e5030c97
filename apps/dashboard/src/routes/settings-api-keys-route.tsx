import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsApiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'api-keys',
  head: () => titled('API keys'),
  component: lazyRouteComponent(() => import('@/features/settings/api-keys-page'), 'ApiKeysPage'),
});
