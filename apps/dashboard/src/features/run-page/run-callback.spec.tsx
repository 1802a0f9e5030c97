import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, type Asked, fakeServer, openPage, signIn } from '@/features/triggers/testing/open-page';
import type { Callback } from '@/shared/api/generated/schema';
import { RunCallback } from './run-callback';

const CALLBACK: Callback = {
  id: 'c1',
  url: 'https://example.org/done',
  state: 'given_up',
  nextAt: null,
  lastStatus: 410,
  lastError: 'Answered 410: the receiver wants no more of this.',
  createdAt: '2026-01-01T00:00:00.000Z',
  deliveredAt: null,
  attempts: [
    {
      number: 1,
      at: '2026-01-01T00:00:01.000Z',
      status: 410,
      error: 'Answered 410: the receiver wants no more of this.',
      durationMs: 120,
    },
  ],
};

function open(answers: Answers, isFinal = true): Asked[] {
  const server = fakeServer(answers);
  vi.stubGlobal('fetch', server.fetch);
  openPage(() => <RunCallback executionId="e1" isFinal={isFinal} />, '/schedules');
  return server.asked;
}

describe('the callback of a run', () => {
  beforeEach(() => signIn(['executions:read', 'executions:start']));
  afterEach(() => vi.unstubAllGlobals());

  it('shows every attempt and sends it once more when asked', async () => {
    let state: Callback['state'] = 'given_up';
    const asked = open({
      'GET /executions/e1/callback': () => ({ body: { ...CALLBACK, state } }),
      'POST /executions/e1/callback/redeliver': () => {
        state = 'delivered';
        return { status: 202, body: CALLBACK };
      },
    });
    expect(await screen.findByText('Given up')).toBeDefined();
    expect(screen.getByText(/wants no more of this/)).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Redeliver' }));
    expect(await screen.findByText('Delivered')).toBeDefined();
    expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET']);
  });

  it('says why it cannot be sent at this moment', async () => {
    open({
      'GET /executions/e1/callback': () => ({ body: CALLBACK }),
      'POST /executions/e1/callback/redeliver': () => ({
        status: 409,
        body: { title: 'Conflict', status: 409, code: 'callback.under_way', detail: 'It is being delivered.' },
      }),
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Redeliver' }));
    expect((await screen.findByRole('alert')).textContent).toContain('It is being delivered.');
  });

  it('waits for the end of the run', async () => {
    open({ 'GET /executions/e1/callback': () => ({ body: { ...CALLBACK, state: 'armed', attempts: [] } }) }, false);
    expect(await screen.findByText('It is sent when the run has ended.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Redeliver' })).toBeNull();
  });

  it('can be asked for again when it did not load', async () => {
    open({ 'GET /executions/e1/callback': () => ({ status: 500, body: { title: 'Broken', status: 500 } }) });
    expect(await screen.findByText(/could not be loaded/)).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
  });
});
