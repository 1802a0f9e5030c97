import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import type { Tool } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { ToolsPage } from './tools-page';

const CALCULATOR: Tool = {
  name: 'calculator',
  set: null,
  description: 'Calculates',
  inputSchema: {
    type: 'object',
    properties: { expression: { type: 'string', description: 'What to calculate.' } },
    required: ['expression'],
  },
  outputSchema: null,
  credential: null,
  permission: null,
  effect: 'read',
  approval: 'never',
  timeoutMs: 1_000,
  outputBytes: 1_000,
};

const ISSUE: Tool = {
  ...CALCULATOR,
  name: 'github_create_issue',
  description: 'Opens an issue',
  effect: 'write',
  credential: { kinds: ['github'], required: true },
};

const CREDENTIAL = { id: 'c1', kind: 'github', name: 'Bot', mayUse: true };

function open(search = '', more: Answers = {}) {
  const server = fakeServer({
    'GET /tools': () => ({ body: { data: [CALCULATOR, ISSUE] } }),
    'GET /integrations': () => ({ body: { data: [CREDENTIAL], nextCursor: null, hasMore: false } }),
    'GET /integrations/kinds': () => ({ body: { data: [{ kind: 'github', title: 'GitHub', forHttp: true }] } }),
    ...more,
  });
  vi.stubGlobal('fetch', server.fetch);
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const tools = createRoute({
    getParentRoute: () => signedIn,
    path: '/tools',
    validateSearch: (given: Record<string, unknown>) => given,
    component: ToolsPage,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([tools])]),
    history: createMemoryHistory({ initialEntries: [`/tools${search}`] }),
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

describe('the page of tools', () => {
  beforeEach(() => signIn(['agents:read', 'tools:run', 'integrations:read', 'integrations:use']));
  afterEach(() => vi.unstubAllGlobals());

  it('lists what there is by service, with what each needs', async () => {
    open();
    expect(await screen.findByRole('heading', { name: 'GitHub' })).toBeDefined();
    for (const text of ['calculator', 'Opens an issue', 'Changes something', 'Credential: github']) {
      expect(screen.getByText(text)).toBeDefined();
    }
  });

  it('shows the organisation’s own tools under the name of their set, and finds them by it', async () => {
    const own = {
      ...CALCULATOR,
      name: 'tracker__find',
      description: 'Finds',
      set: { id: 's1', name: 'Issue tracker' },
    };
    open('?search=issue+tracker', { 'GET /tools': () => ({ body: { data: [CALCULATOR, own] } }) });
    expect(await screen.findByRole('heading', { name: 'Issue tracker' })).toBeDefined();
    expect(screen.getByText('tracker__find')).toBeDefined();
    expect(screen.queryByText('calculator')).toBeNull();
  });

  it('says what failed, and when nothing matches', async () => {
    open('?search=flying');
    expect(await screen.findByText('No tool matches')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
    expect(await screen.findByText('calculator')).toBeDefined();
  });

  it('says that the tools could not be loaded', async () => {
    open('', { 'GET /tools': () => ({ status: 500, body: {} }) });
    expect(await screen.findByText('The tools could not be loaded')).toBeDefined();
  });

  it('runs a tool with what was typed and shows its result', async () => {
    const { asked } = open('?tool=calculator', {
      'POST /tools/calculator': () => ({ body: { result: { value: 20 } } }),
    });
    fireEvent.change(await screen.findByLabelText('expression'), { target: { value: '4 * 5' } });
    fireEvent.click(screen.getByRole('button', { name: 'Run calculator' }));
    expect(await screen.findByText('20')).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ arguments: { expression: '4 * 5' } });
  });

  it('warns before what changes something, and sends the chosen credential', async () => {
    const { asked } = open('?tool=github_create_issue', {
      'POST /tools/github_create_issue': () => ({
        status: 422,
        body: { title: 'No', status: 422, code: 'tool.invalid', detail: 'GitHub did not accept the request.' },
      }),
    });
    expect(await screen.findByText(/Trying it is doing it/)).toBeDefined();
    await screen.findByRole('option', { name: 'Bot (GitHub)' });
    fireEvent.change(screen.getByLabelText('Credential'), { target: { value: 'c1' } });
    fireEvent.change(screen.getByLabelText('expression'), { target: { value: 'x' } });
    fireEvent.click(screen.getByRole('button', { name: 'Run github_create_issue' }));
    expect(await screen.findByText('GitHub did not accept the request.')).toBeDefined();
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
        arguments: { expression: 'x' },
        credentialId: 'c1',
      }),
    );
  });
});
