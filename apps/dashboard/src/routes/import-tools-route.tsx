import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const importToolsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/tools/sets/import',
  head: () => titled('Import OpenAPI document'),
  component: lazyRouteComponent(() => import('@/features/tool-sets/import-document-page'), 'ImportDocumentPage'),
});
