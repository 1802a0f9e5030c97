import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from './agent-route';
import { count } from './search-values';

export interface AgentVersionsSearch {
  /** The version that is shown. */
  version?: number;
  /** The version it is compared with. */
  against?: number;
}

export const agentVersionsRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: 'versions',
  validateSearch: (search: Record<string, unknown>): AgentVersionsSearch => ({
    version: count(search.version),
    against: count(search.against),
  }),
  component: lazyRouteComponent(() => import('@/features/agents/agent-versions-tab'), 'AgentVersionsTab'),
});
