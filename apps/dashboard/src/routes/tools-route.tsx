import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface ToolsSearch {
  search?: string;
  /** The tool that is being tried. */
  tool?: string;
}

export const toolsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tools',
  validateSearch: ({ search, tool }: Record<string, unknown>): ToolsSearch => ({
    search: text(search),
    tool: text(tool),
  }),
  head: () => titled('Tools'),
  component: lazyRouteComponent(() => import('@/features/tools/tools-page'), 'ToolsPage'),
});
