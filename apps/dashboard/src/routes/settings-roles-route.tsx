import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsRolesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'roles',
  head: () => titled('Roles'),
  component: lazyRouteComponent(() => import('@/features/settings/roles-page'), 'RolesPage'),
});
