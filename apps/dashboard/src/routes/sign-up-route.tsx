import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { titled } from './search-values';

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  head: () => titled('Sign up'),
  component: lazyRouteComponent(() => import('@/features/sign-in/sign-up-page'), 'SignUpPage'),
});
