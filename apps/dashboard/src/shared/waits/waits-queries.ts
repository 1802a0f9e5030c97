import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { executionsWhy, waitsList } from '@/shared/api/generated/operations';
import type { WaitState } from '@/shared/api/generated/schema';

const PAGE_SIZE = 50;
const WHY_EVERY_MS = 10_000;

/** What the keys of all queries of waits begin with. */
export const WAITS = ['waits'] as const;

/** What asks somebody, newest first. */
export const inboxQuery = (state: Extract<WaitState, 'open' | 'answered'>) =>
  infiniteQueryOptions({
    queryKey: [...WAITS, 'inbox', state],
    queryFn: ({ pageParam, signal }) =>
      waitsList({ query: { state, kind: 'approval,effect', limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    placeholderData: keepPreviousData,
  });

/** What keeps an unfinished run from going on. */
export const whyQuery = (executionId: string) =>
  queryOptions({
    queryKey: ['executions', 'why', executionId],
    queryFn: ({ signal }) => executionsWhy({ id: executionId }, { signal }),
    refetchInterval: WHY_EVERY_MS,
  });
