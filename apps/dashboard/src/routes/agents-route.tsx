import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface AgentsSearch {
  search?: string;
  archived?: boolean;
}

export const agentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/agents',
  validateSearch: (search: Record<string, unknown>): AgentsSearch => ({
    search: text(search.search),
    archived: search.archived === true || undefined,
  }),
  head: () => titled('Agents'),
  component: lazyRouteComponent(() => import('@/features/agents/agents-page'), 'AgentsPage'),
});
