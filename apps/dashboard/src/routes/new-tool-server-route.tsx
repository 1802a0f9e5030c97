import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const newToolServerRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tools/sets/new',
  head: () => titled('Add MCP server'),
  component: lazyRouteComponent(() => import('@/features/tool-sets/add-server-page'), 'AddServerPage'),
});
