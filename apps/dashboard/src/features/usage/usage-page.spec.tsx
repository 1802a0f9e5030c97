import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, fakeServer, signIn } from '@/features/triggers/testing/open-page';
import type { Budgets, LedgerEntry, SpendingReport } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { UsagePage } from './usage-page';

const soon = new Date(Date.now() + 3_600_000).toISOString();
const SUM = { calls: 3, inputTokens: 1_200, outputTokens: 340, costMicroUsd: 4_200_000, unpricedCalls: 0 };

const REPORT: SpendingReport = {
  windows: [
    { scope: 'balance', limitMicroUsd: 5_000_000, spentMicroUsd: 4_200_000, reservedMicroUsd: 300_000, resetsAt: null },
    { scope: 'user_day', limitMicroUsd: 10_000_000, spentMicroUsd: 4_200_000, reservedMicroUsd: 0, resetsAt: soon },
    { scope: 'org_day', limitMicroUsd: null, spentMicroUsd: 4_200_000, reservedMicroUsd: 0, resetsAt: soon },
  ],
  rates: { plan: 'free', requests: { limit: 10, remaining: 7, resetsAt: soon }, tokens: null },
  byDay: [{ ...SUM, day: '2026-11-21' }],
  byModel: [
    { ...SUM, id: 'a/b', name: 'a/b', calls: 2 },
    { ...SUM, id: null, name: null, calls: 1, costMicroUsd: 0, unpricedCalls: 1 },
  ],
  byAgent: [{ ...SUM, id: 'a1', name: 'Reporter' }],
  byUser: [{ ...SUM, id: null, name: null }],
};

const BUDGETS: Budgets = {
  prepaid: true,
  orgDayMicroUsd: null,
  orgMonthMicroUsd: null,
  userDayMicroUsd: 10_000_000,
  runMicroUsd: null,
  revision: 3,
};

const ENTRY: LedgerEntry = {
  id: 'l1',
  kind: 'settle',
  amountMicroUsd: 700,
  settledMicroUsd: 300,
  shortfallMicroUsd: 50,
  reservationId: 'r1',
  executionId: 'e1',
  userId: null,
  note: null,
  createdAt: '2026-11-21T10:00:00.000Z',
};

const pageOf = (...data: unknown[]) => ({ body: { data, nextCursor: null, hasMore: false } });

const answers = (more: Answers): Answers => ({
  'GET /billing/usage': () => ({ body: REPORT }),
  'GET /billing/budgets': () => ({ body: BUDGETS }),
  'GET /billing/ledger': () => pageOf(ENTRY),
  'GET /waits': () => pageOf(),
  ...more,
});

function open(more: Answers = {}) {
  const server = fakeServer(answers(more));
  vi.stubGlobal('fetch', server.fetch);
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const page = createRoute({
    getParentRoute: () => signedIn,
    path: '/usage',
    validateSearch: (search: Record<string, unknown>) => search,
    component: UsagePage,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: ['/usage'] }),
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

const broken = { status: 500, body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' } };

describe('the page of usage and limits', () => {
  beforeEach(() => signIn(['billing:read', 'billing:write']));
  afterEach(() => vi.unstubAllGlobals());

  it('shows how full each window is, in words as well', async () => {
    open();
    const balance = await screen.findByRole('meter', { name: 'Prepaid balance' });
    expect(balance.getAttribute('aria-valuetext')).toBe('$4.20 spent, $0.3000 set aside, of $5.00');
    expect(screen.getByRole('meter', { name: 'Requests this minute' }).getAttribute('aria-valuetext')).toBe('3 of 10');
    // Without a limit there is nothing to fill.
    expect(screen.queryByRole('meter', { name: 'Organisation today' })).toBeNull();
  });

  it('never takes an unknown price for nothing', async () => {
    open();
    const models = await screen.findByRole('table', { name: 'By model' });
    const [, , lost] = within(models).getAllByRole('row');
    expect(within(lost as HTMLElement).getByText('unknown')).toBeDefined();
    expect(within(lost as HTMLElement).getByText(/its process was lost/)).toBeDefined();
  });

  it('names the runs that wait for money and leads to them', async () => {
    const wait = { id: 'w1', executionId: 'e9', agentName: 'Reporter', createdAt: soon, kind: 'budget' };
    open({ 'GET /waits': () => pageOf(wait) });
    expect(await screen.findByText('One step waits for money')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Reporter' }).getAttribute('href')).toBe('/runs/e9');
  });

  it('saves what is typed in dollars from the state that was read', async () => {
    const { asked } = open({ 'PUT /billing/budgets': () => ({ body: { ...BUDGETS, revision: 4 } }) });
    fireEvent.change(await screen.findByLabelText('Organisation per day'), { target: { value: '12.50' } });
    fireEvent.change(screen.getByLabelText('Each person per day'), { target: { value: '' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save budgets' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PUT')?.body).toEqual({
        prepaid: true,
        orgDayMicroUsd: 12_500_000,
        orgMonthMicroUsd: null,
        userDayMicroUsd: null,
        runMicroUsd: null,
      }),
    );
  });

  it('says at the field what is no amount, and sends nothing', async () => {
    const { asked } = open();
    fireEvent.change(await screen.findByLabelText('Each run'), { target: { value: 'lots' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save budgets' }));
    expect(await screen.findByText(/In dollars, for example 12\.50/)).toBeDefined();
    expect(asked.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it('pays in and says so', async () => {
    const { asked } = open({ 'POST /billing/top-ups': () => ({ status: 201, body: ENTRY }) });
    fireEvent.change(await screen.findByLabelText('Amount in dollars'), { target: { value: '25' } });
    fireEvent.click(screen.getByRole('button', { name: 'Top up' }));
    expect(await screen.findByText(/^\$25\.00 paid in/)).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ amountMicroUsd: 25_000_000 });
  });

  it('shows in the ledger what a call cost, and what was beyond the balance', async () => {
    open();
    const ledger = await screen.findByRole('table', { name: 'Ledger' });
    expect(within(ledger).getByText(/Call settled/)).toBeDefined();
    expect(within(ledger).getByText(/beyond the balance/)).toBeDefined();
  });

  it('offers nothing to change to somebody who may only look', async () => {
    await signIn(['billing:read']);
    open();
    expect((await screen.findByLabelText<HTMLInputElement>('Each run')).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: /Save|Top up/ })).toBeNull();
  });

  it('says what is there when nothing was used yet', async () => {
    open({
      'GET /billing/usage': () => ({ body: { ...REPORT, byDay: [], byModel: [], byAgent: [], byUser: [] } }),
      'GET /billing/ledger': () => pageOf(),
    });
    expect(await screen.findByText('No model was called in this time')).toBeDefined();
    expect(await screen.findByText('Nothing has moved yet')).toBeDefined();
  });

  it('says what failed and offers to try again, part by part', async () => {
    open({ 'GET /billing/usage': () => broken, 'GET /billing/ledger': () => broken });
    expect(await screen.findByText('The usage could not be loaded')).toBeDefined();
    expect(await screen.findByText('The ledger could not be loaded')).toBeDefined();
    expect(await screen.findByLabelText('Each run')).toBeDefined();
  });
});
