import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsMembersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'members',
  head: () => titled('Members'),
  component: lazyRouteComponent(() => import('@/features/settings/members-page'), 'MembersPage'),
});
