import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunSearch } from '@/routes/run-route';
import type { Execution, ExecutionEvent } from '@/shared/api/generated/schema';
import type { DecideWait, Why, Wait } from '@/shared/api/generated/schema';
import { ExecutionFollower, type FollowerSocket } from '@/shared/live/execution-follower';
import { emptyTimeline } from '@/shared/live/execution-timeline';
import type { SubscribeAnswer } from '@/shared/live/executions-socket';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { session } from '@/shared/session/session';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { RunScreen } from './run-screen';
import { EXECUTION_ID, momentOf, RESUMED_RUN, scriptOf } from './script.fixture';

const ROW: Execution = {
  id: EXECUTION_ID,
  agentId: 'a1',
  agentName: 'Letters',
  version: 3,
  status: 'running',
  attempt: 1,
  mode: 'background',
  trigger: 'api',
  error: null,
  large: null,
  usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 },
  retryOf: null,
  createdAt: momentOf(-120),
  startedAt: momentOf(0),
  finishedAt: null,
  queuedMs: 120,
  input: { text: 'Dear team' },
  output: null,
  metadata: null,
  lastSeq: 0,
  cancelRequested: false,
  triggerId: null,
  triggerName: null,
  parentId: null,
  waitingFor: null,
  depth: 0,
  queuedAt: null,
  callbackUrl: null,
  waits: [],
};

const ME = {
  user: { id: 'u1', email: 'ada@acme.test', name: 'Ada', emailVerified: true },
  org: { id: 'o1', name: 'Acme', slug: 'acme' },
  role: 'owner',
  permissions: ['executions:read', 'executions:start', 'executions:cancel', 'executions:decide'],
  orgs: [],
};

/** A server with one run: what it has been told to have happened is its log. */
class FakeServer {
  log: ExecutionEvent[] = [];
  reads: number[] = [];
  row: Execution | null = ROW;
  sent: string[] = [];
  why: Why = { status: 'running', since: momentOf(0), summary: 'It is at work.', blockers: [] };
  waits: Wait[] = [];
  decided: DecideWait[] = [];
  /** Whether somebody else was faster. */
  isLate = false;

  private decide(body: DecideWait): Response {
    this.decided.push(body);
    const answer = {
      decision: this.isLate ? 'rejected' : body.decision,
      data: body.data ?? null,
      large: null,
      error: null,
    };
    this.waits = this.waits.map((wait) => ({
      ...wait,
      state: 'answered',
      answer,
      answeredBy: { id: 'u2', name: this.isLate ? 'Grace' : 'Ada' },
      answeredAt: momentOf(900),
    }));
    if (!this.isLate) return Response.json(this.waits[0]);
    const problem = { title: 'Conflict', status: 409, code: 'wait.already_answered', detail: 'Grace rejected it.' };
    return Response.json(problem, { status: 409 });
  }

  readonly fetch = async (address: string, init?: RequestInit): Promise<Response> => {
    const { pathname } = new URL(address, 'http://localhost');
    this.sent.push(`${init?.method ?? 'GET'} ${pathname}`);
    if (pathname.endsWith('/auth/me')) return Response.json(ME);
    if (pathname.endsWith('/steps')) return Response.json({ data: [], nextCursor: null, hasMore: false });
    if (pathname.endsWith('/why')) return Response.json(this.why);
    if (pathname.includes('/waits/')) return this.decide(JSON.parse(init?.body as string) as DecideWait);
    if (pathname.endsWith('/waits')) return Response.json({ data: this.row === null ? [] : this.waits });
    if (pathname.endsWith('/cancel')) return Response.json({ ...this.row, cancelRequested: true }, { status: 202 });
    if (pathname.includes('/executions/') && this.row)
      return Response.json({ ...this.row, waits: this.waits.filter(({ state }) => state === 'open') });
    const problem = {
      title: 'Not found',
      status: 404,
      code: 'execution.not_found',
      detail: 'There is no such run.',
      requestId: 'req-1',
      retryable: false,
    };
    return Response.json(problem, { status: 404 });
  };

  readonly fetchEvents = async (after: number) => {
    this.reads.push(after);
    const data = this.log.filter((event) => event.seq > after);
    return { data, lastSeq: data.at(-1)?.seq ?? after, finished: data.at(-1)?.type === 'execution-end' };
  };
}

class FakeSocket implements FollowerSocket {
  connected = true;
  private readonly listeners = new Map<string, (event: ExecutionEvent) => void>();
  on(name: string, listener: (event: ExecutionEvent) => void): void {
    this.listeners.set(name, listener);
  }
  off(name: string): void {
    this.listeners.delete(name);
  }
  emit(
    name: string,
    request: { executionId: string; after?: number },
    answer?: (answer: SubscribeAnswer) => void,
  ): void {
    if (name === 'subscribe') answer?.({ ok: true, lastSeq: request.after ?? 0 });
  }
  send(...events: ExecutionEvent[]): void {
    for (const event of events) this.listeners.get('event')?.(event);
  }
  drop(): void {
    this.connected = false;
    this.listeners.get('disconnect')?.(undefined as never);
  }
}

let server: FakeServer;
let following: ExecutionFollower | null = null;

beforeEach(async () => {
  server = new FakeServer();
  vi.stubGlobal('fetch', server.fetch);
  // jsdom lays nothing out; a list of rows needs a height to know which are in sight.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900);
  Element.prototype.scrollTo ??= () => {};
  await session.loadMe();
});

afterEach(() => {
  following?.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Renders the page over a real follower with a fake socket and a fake log. */
async function openRun(initialView: RunSearch = {}) {
  const socket = new FakeSocket();
  let tell: (live: LiveTimeline) => void = () => {};
  const Page = () => {
    const [live, setLive] = useState<LiveTimeline>({
      timeline: emptyTimeline(EXECUTION_ID),
      connection: 'loading',
      error: null,
      retry: () => {},
    });
    const [view, setView] = useState<RunSearch>(initialView);
    tell = setLive;
    return (
      <RunScreen
        executionId={EXECUTION_ID}
        live={live}
        view={view}
        onView={(change) => setView((before) => ({ ...before, ...change }))}
      />
    );
  };
  const router = createRouter({ routeTree: createRootRoute({ component: Page }), history: createMemoryHistory() });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  const follower = new ExecutionFollower({
    executionId: EXECUTION_ID,
    socket,
    fetchEvents: server.fetchEvents,
    onChange: (timeline, connection, error) => act(() => tell({ timeline, connection, error, retry: () => {} })),
    schedule: (work) => work(),
  });
  following = follower;
  await settle();
  follower.start();
  await settle();
  return { socket, follower };
}

const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)));
const rowNamed = (name: RegExp) => screen.getByRole('option', { name });

describe('the run page', () => {
  it('shows every event once, whatever the connection drops, doubles or swaps', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    const { socket } = await openRun({ step: 'sum' });
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
    const { socket } = await openRun({ step: 'sum' });
    expect(screen.getByRole('region', { name: 'Answer' }).textContent).toContain('Half an ans');
    socket.send(RESUMED_RUN[5] as ExecutionEvent);
    await settle();
    expect(rowNamed(/Summarise, Language model, Starts again/)).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Answer' })).toBeNull();
  });

  it('says that the connection is lost and keeps what is there', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    const { socket } = await openRun();
    act(() => socket.drop());
    expect(screen.getByText(/Connection lost, catching up/)).toBeTruthy();
    expect(rowNamed(/Summarise/)).toBeTruthy();
  });

  it('walks the steps by keys and opens the detail with Enter', async () => {
    server.log = [...RESUMED_RUN];
    await openRun();
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
    await openRun();
    expect(screen.getByText('The step “Summarise” failed')).toBeTruthy();
    expect(screen.getAllByText(/Check the API key/)).not.toHaveLength(0);
    expect(screen.getByRole('button', { name: 'Retry from the failed step' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('shows a cancel at once', async () => {
    server.log = RESUMED_RUN.slice(0, 4);
    await openRun();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.getByRole('button', { name: 'Cancelling' })).toBeTruthy();
    await settle();
    expect(server.sent).toContain(`POST /api/v1/executions/${EXECUTION_ID}/cancel`);
  });

  it('says so when there is no such run', async () => {
    server.row = null;
    await openRun();
    expect(screen.getByText('There is no run at this address')).toBeTruthy();
  });

  it('keeps the type of event that is looked for in the address', async () => {
    server.log = [...RESUMED_RUN];
    await openRun({ tab: 'events', event: 'step-retry' });
    const list = screen.getByRole('region', { name: 'Events' });
    expect(within(list).getAllByRole('button')).toHaveLength(1);
    expect(within(list).getByText('step-retry')).toBeTruthy();
  });
});

describe('a run that waits for somebody', () => {
  const OPEN: Wait = {
    id: 'w1',
    executionId: EXECUTION_ID,
    agentId: 'a1',
    agentName: 'Letters',
    path: 'ask',
    kind: 'approval',
    title: 'Send the letter?',
    payload: { recipient: 'Grace Hopper', amountDue: 120 },
    large: null,
    payloadHash: 'c0ffee',
    form: { type: 'object', properties: { note: { type: 'string', title: 'Note' } }, required: ['note'] },
    decisions: ['approved', 'rejected'],
    dueAt: null,
    state: 'open',
    answer: null,
    answeredBy: null,
    createdAt: momentOf(5),
    answeredAt: null,
  };

  beforeEach(() => {
    server.waits = [OPEN];
    server.why = {
      status: 'waiting',
      since: momentOf(5),
      summary: 'It waits for somebody to decide “Send the letter?”.',
      blockers: [
        {
          kind: 'approval',
          path: 'ask',
          waitId: 'w1',
          since: momentOf(5),
          message: 'It waits for somebody to decide “Send the letter?”.',
          actions: ['decide', 'cancel'],
        },
      ],
    };
    server.log = scriptOf([
      [0, 'execution-start', null, { attempt: 1 }],
      [1, 'step-start', 'ask', { kind: 'approval', name: 'Ask', try: 1 }],
      [5, 'wait-start', 'ask', { waitId: 'w1', kind: 'approval', title: 'Send the letter?' }],
    ]);
  });

  it('says why first and shows what is asked as fields', async () => {
    await openRun();
    expect(await screen.findByText('It waits for somebody to decide “Send the letter?”.')).toBeTruthy();
    expect(rowNamed(/Ask, Approval, waiting for approval/)).toBeTruthy();
    const question = screen.getByRole('region', { name: 'Send the letter?' });
    expect(within(question).getByText('Amount due')).toBeTruthy();
    expect(within(question).getByText('Grace Hopper')).toBeTruthy();
  });

  it('sends a decision with the form and the hash of what was shown', async () => {
    await openRun();
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(screen.getByText('Fill in Note.')).toBeTruthy();
    expect(server.decided).toEqual([]);
    fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'Fine' } });
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await settle();
    expect(server.decided).toEqual([{ decision: 'approved', payloadHash: 'c0ffee', data: { note: 'Fine' } }]);
    expect(screen.getByText('Approved')).toBeTruthy();
  });

  it('asks whoever rejects for nothing', async () => {
    await openRun();
    fireEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await settle();
    expect(server.decided).toEqual([{ decision: 'rejected', payloadHash: 'c0ffee' }]);
  });

  it('says who was faster and what they decided', async () => {
    server.isLate = true;
    await openRun({ step: 'ask' });
    fireEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await settle();
    expect(screen.getByText('Grace rejected it.')).toBeTruthy();
    expect(screen.getByText('Rejected').closest('p')?.textContent).toContain('by Grace');
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('opens the decision from the reason', async () => {
    await openRun();
    fireEvent.click(await screen.findByRole('button', { name: 'Decide' }));
    expect(screen.getByRole('tab', { name: 'Decision' }).getAttribute('data-state')).toBe('active');
  });
});
