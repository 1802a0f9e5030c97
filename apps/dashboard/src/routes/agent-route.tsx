import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { agentQuery } from '@/shared/api/queries';
import { queryClient } from '@/shared/api/query-client';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

/** The frame around the tabs of one agent. */
export const agentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/agents/$agentId',
  loader: ({ params }) => void queryClient.prefetchQuery(agentQuery(params.agentId)),
  head: () => titled('Agent'),
  component: lazyRouteComponent(() => import('@/features/agents/agent-page'), 'AgentPage'),
});
