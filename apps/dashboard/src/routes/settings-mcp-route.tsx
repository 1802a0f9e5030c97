import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsMcpRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'mcp',
  head: () => titled('MCP'),
  component: lazyRouteComponent(() => import('@/features/settings/mcp-page'), 'McpPage'),
});
