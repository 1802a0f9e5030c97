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
import type { Credential, CredentialKind } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { ConnectedPage } from './connected-page';
import { CredentialsPage } from './credentials-page';

const TOKEN = { type: 'secret', required: true, description: null, placeholder: null, multiline: false, binds: false };

const KINDS = [
  {
    kind: 'http-bearer',
    title: 'Bearer token',
    description: 'Sent as Authorization: Bearer.',
    group: 'web',
    needsHosts: true,
    forHttp: true,
    fields: [{ ...TOKEN, name: 'token', title: 'Token' }],
  },
  {
    kind: 'gmail',
    title: 'Gmail',
    description: 'A sign-in.',
    group: 'apps',
    needsHosts: false,
    forHttp: true,
    fields: [
      { ...TOKEN, name: 'clientId', title: 'OAuth client ID', type: 'text' },
      { ...TOKEN, name: 'clientSecret', title: 'OAuth client secret' },
    ],
  },
] as CredentialKind[];

const CREDENTIAL: Credential = {
  id: 'c1',
  kind: 'http-bearer',
  name: 'Issue tracker',
  fields: {},
  secrets: [{ name: 'token', hint: '7f2c' }],
  allowedHosts: ['api.example.com'],
  sharing: 'use',
  signIn: null,
  testable: true,
  test: { outcome: 'failed', message: 'The service does not accept the credential.', at: '2026-01-01T00:00:00.000Z' },
  lastUse: { at: '2026-01-01T00:00:00.000Z', by: 'Run r1, step call' },
  createdBy: 'Ada',
  mayUse: true,
  mayEdit: true,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

const page = (...data: unknown[]) => ({ body: { data, nextCursor: null, hasMore: false } });

function open(more: Answers = {}, address = '/credentials') {
  const server = fakeServer({
    'GET /integrations': () => page(CREDENTIAL),
    'GET /integrations/kinds': () => ({ body: { data: KINDS } }),
    ...more,
  });
  vi.stubGlobal('fetch', server.fetch);
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const validateSearch = (search: Record<string, unknown>) => search;
  const list = createRoute({
    getParentRoute: () => signedIn,
    path: '/credentials',
    validateSearch,
    component: CredentialsPage,
  });
  const connected = createRoute({
    getParentRoute: () => signedIn,
    path: '/credentials/connected',
    validateSearch,
    component: ConnectedPage,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([list, connected])]),
    history: createMemoryHistory({ initialEntries: [address] }),
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

describe('the page of credentials', () => {
  beforeEach(() => signIn(['integrations:read', 'integrations:use', 'integrations:write']));
  afterEach(() => vi.unstubAllGlobals());

  it('teaches what a credential is when there is none', async () => {
    open({ 'GET /integrations': () => page() });
    expect(await screen.findByText('No credentials yet')).toBeDefined();
  });

  it('says what failed, with a way to try again', async () => {
    open({ 'GET /integrations': () => ({ status: 500, body: {} }) });
    expect(await screen.findByText('The credentials could not be loaded')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });

  it('shows kind, hosts, last use and state of each', async () => {
    open();
    for (const text of ['Issue tracker', 'Bearer token', 'api.example.com', 'Run r1, step call', 'Fails']) {
      expect(await screen.findByText(text)).toBeDefined();
    }
  });

  it('offers only what this person may do', async () => {
    open({ 'GET /integrations': () => page({ ...CREDENTIAL, mayEdit: false, mayUse: false }) });
    await screen.findByText('Issue tracker');
    for (const name of ['Test Issue tracker', 'Change Issue tracker', 'Delete Issue tracker']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('makes the form of the kind that is chosen, and sends what was typed', async () => {
    const { asked } = open(
      { 'POST /integrations': () => ({ status: 201, body: CREDENTIAL }) },
      '/credentials?form=new',
    );
    fireEvent.change(await screen.findByLabelText('Kind'), { target: { value: 'http-bearer' } });
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Issues' } });
    fireEvent.change(screen.getByLabelText('Token'), { target: { value: 'secret-1' } });
    fireEvent.change(screen.getByLabelText('Allowed hosts'), { target: { value: 'api.example.com\n*.example.org' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep credential' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
        kind: 'http-bearer',
        name: 'Issues',
        fields: { token: 'secret-1' },
        allowedHosts: ['api.example.com', '*.example.org'],
        sharing: 'use',
      }),
    );
  });

  it('never has a secret in the form of what is changed, and leaves alone what was not typed', async () => {
    const { asked } = open({ 'PATCH /integrations/c1': () => ({ body: CREDENTIAL }) }, '/credentials?form=c1');
    const token = await screen.findByLabelText<HTMLInputElement>(/^Token/);
    expect([token.value, token.type]).toEqual(['', 'password']);
    expect(screen.getByText('Is set, ends in 7f2c. Leave it empty to keep it.')).toBeDefined();
    fireEvent.change(screen.getByLabelText('Name'), { target: { value: 'Renamed' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save credential' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
        name: 'Renamed',
        fields: {},
        sharing: 'use',
      }),
    );
  });

  it('shows the server’s problem at the field that it is about', async () => {
    const problem = {
      title: 'Not acceptable',
      status: 422,
      code: 'credential.secrets_required',
      detail: 'Enter its secrets again.',
      errors: [{ pointer: '/fields/token', code: 'required', message: 'Enter it again.' }],
    };
    open({ 'PATCH /integrations/c1': () => ({ status: 422, body: problem }) }, '/credentials?form=c1');
    fireEvent.change(await screen.findByLabelText(/^Allowed hosts/), { target: { value: 'evil.example' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save credential' }));
    expect(await screen.findByText('Enter it again.')).toBeDefined();
  });

  it('says which agents would fail before one is deleted', async () => {
    open({ 'GET /integrations/c1/agents': () => ({ body: { data: [{ id: 'a1', name: 'Triage' }] } }) });
    fireEvent.click(await screen.findByRole('button', { name: 'Delete Issue tracker' }));
    expect(await screen.findByText('Triage')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Delete credential' }).disabled).toBe(true);
  });

  it('tests a connection', async () => {
    const { asked } = open({
      'POST /integrations/c1/test': () => ({ body: { outcome: 'ok', message: 'x', at: CREDENTIAL.createdAt } }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Test Issue tracker' }));
    await waitFor(() => expect(asked.some(({ path }) => path === '/integrations/c1/test')).toBe(true));
  });
});

describe('the page to which services send people back', () => {
  beforeEach(() => signIn(['integrations:read', 'integrations:write']));
  afterEach(() => vi.unstubAllGlobals());

  it('hands on what came back, once, and says that it worked', async () => {
    const { asked } = open(
      { 'POST /integrations/oauth/callback': () => ({ body: CREDENTIAL }) },
      '/credentials/connected?state=s1&code=c1',
    );
    expect(await screen.findByText('“Issue tracker” is connected')).toBeDefined();
    expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
      { state: 's1', code: 'c1' },
    ]);
  });

  it('says why it did not work', async () => {
    open({}, '/credentials/connected?state=s1&error=access_denied');
    expect(await screen.findByText('There is no such thing.')).toBeDefined();
  });

  it('says when the address is not complete', async () => {
    open({}, '/credentials/connected');
    expect(await screen.findByText(/address is not complete/)).toBeDefined();
  });
});
