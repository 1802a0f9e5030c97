import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { act, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { vi } from 'vitest';
import type { RunSearch } from '@/routes/run-route';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { ExecutionFollower, type FollowerSocket } from '@/shared/live/execution-follower';
import { emptyTimeline } from '@/shared/live/execution-timeline';
import type { SubscribeAnswer } from '@/shared/live/executions-socket';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { session } from '@/shared/session/session';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { RunScreen } from '../run-screen';
import { EXECUTION_ID } from '../script.fixture';
import { FakeRunServer } from './fake-run-server';

/** A connection whose events a test sends, and which it can drop. */
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

let following: ExecutionFollower | null = null;

/** What a test begins with: a server with one run, somebody signed in, and a page with a size. */
export async function serveRun(): Promise<FakeRunServer> {
  const server = new FakeRunServer();
  vi.stubGlobal('fetch', server.fetch);
  // jsdom lays nothing out; a list of rows needs a height to know which are in sight.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900);
  Element.prototype.scrollTo ??= () => {};
  await session.loadMe();
  return server;
}

/** Ends what `openRun` follows and puts back what `serveRun` has replaced. */
export function leaveRun(): void {
  following?.stop();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}

/** Renders the page over a real follower with a fake socket and a fake log. */
export async function openRun(server: FakeRunServer, initialView: RunSearch = {}) {
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
  return { socket };
}

/** Waits until what is under way has reached the page. */
export const settle = () => act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)));

/** The row of a step, by what it says to a screen reader. */
export const rowNamed = (name: RegExp) => screen.getByRole('option', { name });
