import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const toolSetsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tools/sets',
  head: () => titled('Tool sets'),
  component: lazyRouteComponent(() => import('@/features/tool-sets/tool-sets-page'), 'ToolSetsPage'),
});
