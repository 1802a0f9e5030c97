import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { billingUsage, budgetsGet, ledgerList, waitsList } from '@/shared/api/generated/operations';

/** What the keys of everything about money begin with. */
export const BILLING = ['billing'] as const;

/** Runs spend without anybody pressing anything. */
const REFRESH_MS = 10_000;

const LEDGER_PAGE = 20;
const HELD_SHOWN = 20;

export const usageQuery = (days: number) =>
  queryOptions({
    queryKey: [...BILLING, 'usage', days],
    queryFn: ({ signal }) => billingUsage({ query: { days } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  });

export const budgetsQuery = () =>
  queryOptions({ queryKey: [...BILLING, 'budgets'], queryFn: ({ signal }) => budgetsGet({ signal }) });

export const ledgerQuery = () =>
  infiniteQueryOptions({
    queryKey: [...BILLING, 'ledger'],
    queryFn: ({ pageParam, signal }) => ledgerList({ query: { limit: LEDGER_PAGE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });

/** Steps of runs that wait for money. */
export const heldQuery = () =>
  queryOptions({
    queryKey: [...BILLING, 'held'],
    queryFn: ({ signal }) => waitsList({ query: { state: 'open', kind: 'budget', limit: HELD_SHOWN } }, { signal }),
    refetchInterval: REFRESH_MS,
  });
