import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { text, titled } from './search-values';

export const acceptInvitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accept-invitation',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  head: () => titled('Invitation'),
  component: lazyRouteComponent(() => import('@/features/sign-in/accept-invitation-page'), 'AcceptInvitationPage'),
});
