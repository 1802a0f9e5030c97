import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { executionQuery, executionsQuery, nodeStepsQuery } from '@/shared/api/queries';
import { lastRunOf, type LastRun } from './graph/last-run';

const ASK_EVERY_MS = 15_000;

/** The newest run of the agent with what its steps gave; null while there is none. Missing it costs nothing but comfort. */
export function useLastRun(agentId: string): LastRun | null {
  const runs = useInfiniteQuery({ ...executionsQuery({ agentId, limit: 1 }), refetchInterval: ASK_EVERY_MS });
  const newest = runs.data?.pages[0]?.data[0];
  const id = newest?.id ?? '';
  const run = useQuery({ ...executionQuery(id), enabled: id !== '' });
  // A run that goes on or has ended since has other steps.
  const steps = useQuery({ ...nodeStepsQuery(id, newest?.status ?? ''), enabled: id !== '' });
  return useMemo(() => (run.data && steps.data ? lastRunOf(run.data, steps.data) : null), [run.data, steps.data]);
}
