import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { text, titled } from './search-values';

export const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({ token: text(search.token) }),
  head: () => titled('New password'),
  component: lazyRouteComponent(() => import('@/features/sign-in/reset-password-page'), 'ResetPasswordPage'),
});
