import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { EXECUTION_ID, RESUMED_RUN, scriptOf } from './script.fixture';
import type { FakeRunServer } from './testing/fake-run-server';
import { leaveRun, openRun, rowNamed, serveRun, settle } from './testing/open-run';

let server: FakeRunServer;

beforeEach(async () => {
  server = await serveRun();
});

afterEach(leaveRun);

describe('the run page', () => {
  it('shows every event once, whatever the connection drops, doubles or swaps', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    const { socket } = await openRun(server, { step: 'sum' });
    expect(rowNamed(/Summarise, Language model, Running/)).toBeTruthy();

    server.log = [...RESUMED_RUN];
    const [first, second] = [RESUMED_RUN[9], RESUMED_RUN[10]] as [ExecutionEvent, ExecutionEvent];
    socket.send(second, first, first, RESUMED_RUN[3] as ExecutionEvent);
    await settle();

    expect(server.reads.at(-1)).toBe(4);
    expect(rowNamed(/Summarise, Language model, Succeeded, 3.0 s, 3 tries/)).toBeTruthy();
    const answer = screen.getByRole('region', { name: 'Answer' });
    expect(within(answer).getByText('The parcel came late.')).toBeTruthy();
    expect(within(answer).getByText('offline, not a neural model')).toBeTruthy();
    expect(answer.textContent).not.toContain('Half an ans');
    expect(screen.getByText('resumed after a restart, attempt 2')).toBeTruthy();
    expect(screen.getAllByText('1.2 k in · 340 out')).not.toHaveLength(0);
  });

  it('replaces the partial text of an interrupted attempt', async () => {
    server.log = RESUMED_RUN.slice(0, 5);
    const { socket } = await openRun(server, { step: 'sum' });
    expect(screen.getByRole('region', { name: 'Answer' }).textContent).toContain('Half an ans');
    socket.send(RESUMED_RUN[5] as ExecutionEvent);
    await settle();
    expect(rowNamed(/Summarise, Language model, Starts again/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Answer' })).toBeNull();
  });

  it('says that the connection is lost and keeps what is there', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    const { socket } = await openRun(server);
    act(() => socket.drop());
    expect(screen.getByText(/Connection lost, catching up/)).toBeTruthy();
    expect(rowNamed(/Summarise/)).toBeTruthy();
  });

  it('walks the steps by keys and opens the detail with Enter', async () => {
    server.log = [...RESUMED_RUN];
    await openRun(server);
    const list = screen.getByRole('listbox', { name: 'Steps' });
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(rowNamed(/^start/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(rowNamed(/^Summarise/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(rowNamed(/^start/).getAttribute('aria-selected')).toBe('true');
    fireEvent.keyDown(list, { key: 'End' });
    fireEvent.keyDown(list, { key: 'Enter' });
    expect(document.activeElement?.id).toBe('run-detail');
    expect(
      within(document.getElementById('run-detail') as HTMLElement).getByRole('heading', { name: 'Summarise' }),
    ).toBeTruthy();
  });

  it('puts what failed, the advice and a way to retry first', async () => {
    const error = {
      code: 'provider.unauthorized',
      message: 'The provider refused the key.',
      retryable: false,
      stepId: 'sum',
    };
    const usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 };
    server.log = scriptOf([
      [0, 'execution-start', null, { attempt: 1 }],
      [1, 'step-start', 'sum', { kind: 'llm', name: 'Summarise', try: 1 }],
      [9, 'step-end', 'sum', { status: 'failed', port: 'error', tries: 1, error }],
      [10, 'execution-end', null, { status: 'failed', error, usage }],
    ]);
    await openRun(server);
    expect(screen.getByText('The step “Summarise” failed')).toBeTruthy();
    expect(screen.getAllByText(/Check the API key/)).not.toHaveLength(0);
    expect(screen.getByRole('button', { name: 'Retry from the failed step' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('shows a cancel at once', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    await openRun(server);
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.getByRole('button', { name: 'Cancelling' })).toBeTruthy();
    await settle();
    expect(server.sent).toContain(`POST /api/v1/executions/${EXECUTION_ID}/cancel`);
  });

  it('says so when there is no such run', async () => {
    server.row = null;
    await openRun(server);
    expect(screen.getByText('There is no run at this address')).toBeTruthy();
  });

  it('keeps the type of event that is looked for in the address', async () => {
    server.log = [...RESUMED_RUN];
    await openRun(server, { tab: 'events', event: 'step-retry' });
    const list = screen.getByRole('region', { name: 'Events' });
    expect(within(list).getAllByRole('button')).toHaveLength(1);
    expect(within(list).getByText('step-retry')).toBeTruthy();
  });
});
