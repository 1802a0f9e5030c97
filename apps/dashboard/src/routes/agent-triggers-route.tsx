import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from './agent-route';

export const agentTriggersRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: 'triggers',
  component: lazyRouteComponent(() => import('@/features/triggers/agent-triggers-tab'), 'AgentTriggersTab'),
});
