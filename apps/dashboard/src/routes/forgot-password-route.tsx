import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { titled } from './search-values';

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  head: () => titled('Forgotten password'),
  component: lazyRouteComponent(() => import('@/features/sign-in/forgot-password-page'), 'ForgotPasswordPage'),
});
