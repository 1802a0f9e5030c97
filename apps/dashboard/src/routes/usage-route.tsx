import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface UsageSearch {
  /** How many days back; 30 when absent. */
  days?: '7' | '90';
}

export const usageRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/usage',
  validateSearch: (search: Record<string, unknown>): UsageSearch => ({
    days: oneOf(['7', '90'], text(search.days)),
  }),
  head: () => titled('Usage & limits'),
  component: lazyRouteComponent(() => import('@/features/usage/usage-page'), 'UsagePage'),
});
