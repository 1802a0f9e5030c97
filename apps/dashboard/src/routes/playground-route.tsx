import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface PlaygroundSearch {
  /** Whom a new conversation is with. */
  agent?: string;
  /** The one that goes on; a new one begins with the first message when absent. */
  conversation?: string;
  /** `chat` when absent. */
  view?: 'json';
}

export const playgroundRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/playground',
  validateSearch: (search: Record<string, unknown>): PlaygroundSearch => ({
    agent: text(search.agent),
    conversation: text(search.conversation),
    view: oneOf(['json'], search.view),
  }),
  head: () => titled('Playground'),
  component: lazyRouteComponent(() => import('@/features/playground/playground-page'), 'PlaygroundPage'),
});
