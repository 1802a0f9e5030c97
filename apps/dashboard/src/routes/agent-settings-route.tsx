import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from './agent-route';

export const agentSettingsRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('@/features/agents/agent-settings-tab'), 'AgentSettingsTab'),
});
