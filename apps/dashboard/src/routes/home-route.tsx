import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-route';
import { titled } from './search-values';

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  head: () => titled('Home'),
  component: lazyRouteComponent(() => import('@/features/home/home-page'), 'HomePage'),
});
