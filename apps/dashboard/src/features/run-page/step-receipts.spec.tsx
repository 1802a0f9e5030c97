import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeServer } from '@/features/triggers/testing/open-page';
import type { Receipt } from '@/shared/api/generated/schema';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { StepReceipts } from './step-receipts';

const RECEIPT: Receipt = {
  stepPath: 'a/1/tool/0',
  call: 'tool',
  round: 1,
  state: 'completed',
  requestHash: 'c'.repeat(64),
  createdAt: '2026-11-21T12:00:00.000Z',
  updatedAt: '2026-11-21T12:00:01.000Z',
};

function open(answer: { status?: number; body: unknown }) {
  const server = fakeServer({ 'GET /executions/e1/receipts': () => answer });
  vi.stubGlobal('fetch', server.fetch);
  const step = { path: 'a/1/tool/0', status: 'succeeded', finishedAt: '2026-11-21T12:00:01.000Z' } as TimelineStep;
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <StepReceipts executionId="e1" step={step} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return server;
}

const page = (...data: Receipt[]) => ({ body: { data, nextCursor: null, hasMore: false } });

describe('the receipts of a step', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('say that it happened, how often it was begun, and what was sent by its hash', async () => {
    const { asked } = open(page({ ...RECEIPT, round: 2 }));
    expect(await screen.findByText('Completed')).toBeDefined();
    expect(screen.getByText('Begun 2 times')).toBeDefined();
    expect(screen.getByText(/sha-256 cccccccccccccccc…/)).toBeDefined();
    expect(asked[0]?.path).toContain('stepPath=a%2F1%2Ftool%2F0');
  });

  it('say when nobody knows whether it happened', async () => {
    open(page({ ...RECEIPT, state: 'unknown' }));
    expect(await screen.findByText('Outcome unknown')).toBeDefined();
  });

  it('are none for a step that only read', async () => {
    open(page());
    expect(await screen.findByText('Nothing was changed outside')).toBeDefined();
  });

  it('can be asked for again when they could not be loaded', async () => {
    open({ status: 500, body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' } });
    expect(await screen.findByText('The receipts could not be loaded')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });
});
