import { useEffect, useState } from 'react';
import { executionsEvents } from '@/shared/api/generated/operations';
import { ExecutionFollower, type Connection } from './execution-follower';
import { emptyTimeline, type ExecutionTimeline } from './execution-timeline';
import { executionsSocket } from './executions-socket';

export interface LiveTimeline {
  timeline: ExecutionTimeline;
  connection: Connection;
  /** Why the run could not be read, or why the last attempt to catch up failed. */
  error: unknown;
  /** Starts over, after `failed`. */
  retry: () => void;
}

/** Follows a run while the component is on the page. */
export function useExecutionTimeline(executionId: string): LiveTimeline {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<LiveTimeline, 'retry'>>(() => initial(executionId));
  useEffect(() => {
    setState(initial(executionId));
    const follower = new ExecutionFollower({
      executionId,
      socket: executionsSocket(),
      fetchEvents: (after, waitSeconds, signal) =>
        executionsEvents(
          { id: executionId, query: { after, waitSeconds } },
          { signal, deadlineMs: (waitSeconds + 15) * 1000 },
        ),
      onChange: (timeline, connection, error) => setState({ timeline, connection, error }),
    });
    follower.start();
    return () => follower.stop();
  }, [executionId, round]);
  return { ...state, retry: () => setRound((value) => value + 1) };
}

function initial(executionId: string): Omit<LiveTimeline, 'retry'> {
  return { timeline: emptyTimeline(executionId), connection: 'loading', error: null };
}
