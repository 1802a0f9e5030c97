import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsTeamsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'teams',
  head: () => titled('Teams'),
  component: lazyRouteComponent(() => import('@/features/settings/teams-page'), 'TeamsPage'),
});
