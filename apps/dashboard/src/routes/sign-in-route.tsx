import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from './root-route';
import { text, titled } from './search-values';

export interface SignInSearch {
  /** Where to go afterwards: an address within the dashboard. */
  redirect?: string;
  /** A one-time token that signs in without a password. */
  link?: string;
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    redirect: text(search.redirect),
    link: text(search.link),
  }),
  head: () => titled('Sign in'),
  component: lazyRouteComponent(() => import('@/features/sign-in/sign-in-page'), 'SignInPage'),
});
