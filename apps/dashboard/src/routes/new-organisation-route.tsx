import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-route';
import { titled } from './search-values';

export const newOrganisationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/organisations/new',
  head: () => titled('New organisation'),
  component: lazyRouteComponent(() => import('@/features/settings/new-organisation-page'), 'NewOrganisationPage'),
});
