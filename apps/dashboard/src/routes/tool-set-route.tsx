import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { toolSetQuery } from '@/features/tool-sets/tool-set-queries';
import { queryClient } from '@/shared/api/query-client';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const toolSetRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tools/sets/$toolSetId',
  loader: ({ params }) => void queryClient.prefetchQuery(toolSetQuery(params.toolSetId)),
  head: () => titled('Tool set'),
  component: lazyRouteComponent(() => import('@/features/tool-sets/tool-set-page'), 'ToolSetPage'),
});
