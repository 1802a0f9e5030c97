import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { executionsGenerations, modelPolicyGet, modelsHealth, modelsList } from '@/shared/api/generated/operations';

/** Models of both kinds, the policy and the health lie below this key. */
export const MODELS = ['models'] as const;

const LOOK_MS = 10_000;
const PAGE_SIZE = 50;

export const catalogueQuery = () =>
  queryOptions({ queryKey: [...MODELS, 'all'], queryFn: ({ signal }) => modelsList({}, { signal }) });

export const policyQuery = () =>
  queryOptions({ queryKey: [...MODELS, 'policy'], queryFn: ({ signal }) => modelPolicyGet({ signal }) });

/** Changes by itself: looked at again while the page is open. */
export const healthQuery = () =>
  queryOptions({
    queryKey: [...MODELS, 'health'],
    queryFn: ({ signal }) => modelsHealth({ signal }),
    refetchInterval: LOOK_MS,
  });

/** Attempts of one step at providers, oldest first. */
export const generationsQuery = (executionId: string, stepPath: string) =>
  infiniteQueryOptions({
    queryKey: ['executions', 'generations', executionId, stepPath],
    queryFn: ({ pageParam, signal }) =>
      executionsGenerations({ id: executionId, query: { stepPath, limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });
