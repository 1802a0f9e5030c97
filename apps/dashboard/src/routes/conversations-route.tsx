import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface ConversationsSearch {
  /** Those with this agent. */
  agent?: string;
}

export const conversationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/conversations',
  validateSearch: (search: Record<string, unknown>): ConversationsSearch => ({ agent: text(search.agent) }),
  head: () => titled('Conversations'),
  component: lazyRouteComponent(() => import('@/features/conversations/conversations-page'), 'ConversationsPage'),
});
