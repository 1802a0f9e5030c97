import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { type Answers, fakeServer } from '@/features/triggers/testing/open-page';
import type { PreviewedOperation, ToolSetDetail, ToolSetTool } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { AddServerPage } from '../add-server-page';
import { ImportDocumentPage } from '../import-document-page';
import { ToolSetPage } from '../tool-set-page';
import { ToolSetsPage } from '../tool-sets-page';

/** A tool that has been reviewed and is on. */
export const SEARCH: ToolSetTool = {
  id: 't1',
  name: 'tracker__search',
  remoteName: 'search',
  description: 'Searches issues',
  inputSchema: { type: 'object', properties: { q: { type: 'string' } } },
  outputSchema: null,
  effect: 'read',
  offeredEffect: 'read',
  definition: {},
  approval: 'onWrite',
  enabled: true,
  state: 'reviewed',
  contentHash: 'h1',
  reviewed: null,
};

/** A set that is ready, with that tool as its only one. */
export const SET: ToolSetDetail = {
  id: 's1',
  kind: 'mcp',
  name: 'Issue tracker',
  slug: 'tracker',
  url: 'https://mcp.example.com/mcp',
  credentialId: null,
  documentUrl: null,
  status: 'ready',
  lastError: null,
  checkedAt: '2026-11-21T10:00:00.000Z',
  createdAt: '2026-11-21T10:00:00.000Z',
  toolCount: 1,
  enabledCount: 1,
  tools: [SEARCH],
  leftOut: [],
};

/** An operation of a document that can be imported. */
export const OPERATION: PreviewedOperation = {
  operation: 'listPets',
  method: 'GET',
  path: '/pets',
  summary: 'Lists pets',
  tags: [],
  effect: 'read',
  deprecated: false,
  problem: null,
};

/** What people need who may do all of this. */
export const EVERYTHING = ['agents:read', 'tools:run', 'integrations:read', 'integrations:use', 'integrations:write'];

/** Opens one of the pages of tool sets at its own address, over a server that answers like this. */
export function openToolSets(path: string, answers: Answers) {
  const server = fakeServer({
    'GET /integrations': () => ({ body: { data: [], nextCursor: null, hasMore: false } }),
    'GET /integrations/kinds': () => ({ body: { data: [] } }),
    'GET /tools': () => ({ body: { data: [] } }),
    ...answers,
  });
  vi.stubGlobal('fetch', server.fetch);
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const page = (at: string, component: () => React.ReactNode) =>
    createRoute({ getParentRoute: () => signedIn, path: at, component });
  const router = createRouter({
    routeTree: root.addChildren([
      signedIn.addChildren([
        page('/tools', () => null),
        page('/tools/sets', ToolSetsPage),
        page('/tools/sets/new', AddServerPage),
        page('/tools/sets/import', ImportDocumentPage),
        page('/tools/sets/$toolSetId', ToolSetPage),
      ]),
    ]),
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return server;
}
