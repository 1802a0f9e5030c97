import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentRoute } from './agent-route';

export const agentEditorRoute = createRoute({
  getParentRoute: () => agentRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/agents/agent-editor-tab'), 'AgentEditorTab'),
});
