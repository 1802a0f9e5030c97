import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { text, titled } from './search-values';

export const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  head: () => titled('Confirm your e-mail address'),
  component: lazyRouteComponent(() => import('@/features/sign-in/verify-email-page'), 'VerifyEmailPage'),
});
