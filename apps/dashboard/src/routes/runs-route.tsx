import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { validateRunsSearch } from './runs-search';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const runsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/runs',
  validateSearch: validateRunsSearch,
  head: () => titled('Runs'),
  component: lazyRouteComponent(() => import('@/features/runs/runs-page'), 'RunsPage'),
});
