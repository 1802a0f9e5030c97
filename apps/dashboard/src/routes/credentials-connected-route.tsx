import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

/** What a service brings back in the address (RFC 6749, 4.1.2). */
export interface ConnectedSearch {
  state?: string;
  code?: string;
  error?: string;
}

export const credentialsConnectedRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credentials/connected',
  validateSearch: ({ state, code, error }: Record<string, unknown>): ConnectedSearch => ({
    state: text(state),
    code: text(code),
    error: text(error),
  }),
  head: () => titled('Connect a credential'),
  component: lazyRouteComponent(() => import('@/features/credentials/connected-page'), 'ConnectedPage'),
});
