import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from './agent-route';
import { validateRunsSearch } from './runs-search';

export const agentRunsRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: 'runs',
  validateSearch: validateRunsSearch,
  component: lazyRouteComponent(() => import('@/features/agents/agent-runs-tab'), 'AgentRunsTab'),
});
