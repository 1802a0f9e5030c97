import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useLiveQueries } from './use-live-queries';

/** A socket whose server the test plays. */
class FakeSocket {
  connected = false;
  private readonly listeners = new Map<string, Set<() => void>>();
  /** The server's answers to `subscribe-org`, still to be given. */
  readonly answers: (() => void)[] = [];

  on(name: string, listener: () => void): void {
    this.listeners.set(name, (this.listeners.get(name) ?? new Set()).add(listener));
  }
  off(name: string, listener: () => void): void {
    this.listeners.get(name)?.delete(listener);
  }
  emit(_name: string, _request: object, answer: () => void): void {
    this.answers.push(answer);
  }
  fire(name: string): void {
    for (const listener of this.listeners.get(name) ?? []) listener();
  }
}

let socket: FakeSocket;
vi.mock('./executions-socket', () => ({ executionsSocket: () => socket }));

const WAITS = ['waits'];

function setUp() {
  const client = new QueryClient();
  const asked = vi.spyOn(client, 'invalidateQueries');
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  const hook = renderHook(() => useLiveQueries(WAITS), { wrapper });
  return { asked, hook };
}

describe('lists that follow the runs of the organisation', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    socket = new FakeSocket();
  });
  afterEach(() => vi.useRealTimers());

  it('are read again once the subscription stands, so that nothing falls between the first reading and it', () => {
    const { asked } = setUp();
    socket.connected = true;
    socket.fire('connect');
    vi.advanceTimersByTime(3_000);
    expect(asked).not.toHaveBeenCalled();
    socket.answers[0]?.();
    vi.advanceTimersByTime(3_000);
    expect(asked).toHaveBeenCalledExactlyOnceWith({ queryKey: WAITS });
  });

  it('are read once for many changes in a moment', () => {
    const { asked } = setUp();
    for (let each = 0; each < 50; each += 1) socket.fire('execution-change');
    vi.advanceTimersByTime(3_000);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('are asked for now and then while there is no connection', () => {
    const { asked } = setUp();
    vi.advanceTimersByTime(32_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  it('rest when nobody looks at them', () => {
    const { asked, hook } = setUp();
    socket.fire('execution-change');
    hook.unmount();
    socket.fire('execution-change');
    vi.advanceTimersByTime(60_000);
    expect(asked).not.toHaveBeenCalled();
  });
});
