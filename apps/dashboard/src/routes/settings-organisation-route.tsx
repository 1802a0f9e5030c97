import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsOrganisationRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'organisation',
  head: () => titled('Organisation'),
  component: lazyRouteComponent(() => import('@/features/settings/organisation-page'), 'OrganisationPage'),
});
