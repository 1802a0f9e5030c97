import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeServer } from '@/features/triggers/testing/open-page';
import type { Generation } from '@/shared/api/generated/schema';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { StepGenerations } from './step-generations';

const GENERATION: Generation = {
  id: 'g1',
  stepPath: 'ask',
  call: 0,
  attempt: 1,
  fallback: false,
  provider: 'openai',
  model: 'openai/gpt-4o-mini',
  answeredBy: 'openai/gpt-4o-mini-2024-07-18',
  credentialId: null,
  promptId: null,
  promptVersion: null,
  parameters: { temperature: 0.2, maxTokens: 16_384 },
  inputTokens: 1_200,
  outputTokens: 340,
  cachedInputTokens: 0,
  reasoningTokens: 0,
  costMicroUsd: 384,
  usageFlag: null,
  latencyMs: 812,
  firstTokenMs: 300,
  finishReason: 'stop',
  errorCode: null,
  guard: null,
  simulated: false,
  startedAt: '2026-11-21T12:00:00.000Z',
};

const LOST: Generation = {
  ...GENERATION,
  id: 'g0',
  answeredBy: null,
  errorCode: 'provider.overloaded',
  finishReason: null,
  usageFlag: 'estimated',
  costMicroUsd: null,
};

function open(answer: { status?: number; body: unknown }, status: TimelineStep['status'] = 'succeeded') {
  const server = fakeServer({ 'GET /executions/e1/generations': () => answer });
  vi.stubGlobal('fetch', server.fetch);
  const step = { path: 'ask', status, finishedAt: '2026-11-21T12:00:01.000Z' } as TimelineStep;
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <StepGenerations executionId="e1" step={step} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return server;
}

const page = (...data: Generation[]) => ({ body: { data, nextCursor: null, hasMore: false } });

describe('the model calls of a step', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('are shown attempt by attempt, with what each was, cost and took', async () => {
    open(
      page(LOST, {
        ...GENERATION,
        attempt: 2,
        fallback: true,
        guard: { score: 65, reasons: ['ignore-instructions'], action: 'flag', version: '1' },
      }),
    );
    const [lost, answered] = await screen.findAllByRole('listitem');
    expect(within(lost!).getByText('provider.overloaded')).toBeDefined();
    expect(within(lost!).getByText('unknown')).toBeDefined();
    expect(within(lost!).getByText(/did not say how many tokens/)).toBeDefined();
    expect(within(answered!).getByText('Attempt 2')).toBeDefined();
    expect(within(answered!).getByText('Fallback')).toBeDefined();
    expect(within(answered!).getByText(/812 ms/)).toBeDefined();
    expect(within(answered!).getByText('openai/gpt-4o-mini-2024-07-18')).toBeDefined();
    expect(within(answered!).getByText(/ignore-instructions \(score 65 of 100, marked\)/)).toBeDefined();
  });

  it('can be read once the step has ended', () => {
    const { asked } = open(page(), 'running');
    expect(screen.getByText(/once the step has ended/)).toBeDefined();
    expect(asked).toEqual([]);
  });

  it('say that there were none, or that they could not be loaded', async () => {
    open(page());
    expect(await screen.findByText('No model was asked')).toBeDefined();
    open({ status: 500, body: { title: 'x', status: 500, code: 'internal', detail: 'It broke.' } });
    expect(await screen.findByText('The model calls could not be loaded')).toBeDefined();
  });
});
