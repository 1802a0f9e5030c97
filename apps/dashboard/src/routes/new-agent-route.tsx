import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-route';
import { titled } from './search-values';

export const newAgentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/agents/new',
  head: () => titled('New agent'),
  component: lazyRouteComponent(() => import('@/features/agents/new-agent-page'), 'NewAgentPage'),
});
