import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  promptDraftGet,
  promptsGet,
  promptsList,
  promptVersionsDiff,
  promptVersionsGet,
  promptVersionsList,
  type PromptsListQuery,
} from '@/shared/api/generated/operations';

const PAGE_SIZE = 50;

const nextPage = (page: { nextCursor: string | null; hasMore: boolean }) =>
  page.hasMore ? (page.nextCursor ?? undefined) : undefined;

const paged = { initialPageParam: undefined as string | undefined, getNextPageParam: nextPage };

export const promptsQuery = (filters: Omit<PromptsListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['prompts', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      promptsList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    ...paged,
    placeholderData: keepPreviousData,
  });

export const promptQuery = (id: string) =>
  queryOptions({ queryKey: ['prompts', 'one', id], queryFn: ({ signal }) => promptsGet({ id }, { signal }) });

export const promptDraftQuery = (id: string) =>
  queryOptions({ queryKey: ['prompts', 'draft', id], queryFn: ({ signal }) => promptDraftGet({ id }, { signal }) });

export const promptVersionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['prompts', 'versions', id],
    queryFn: ({ pageParam, signal }) =>
      promptVersionsList({ id, query: { limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    ...paged,
  });

/** Versions never change: kept for as long as the page lives. */
export const promptVersionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['prompts', 'version', id, number],
    queryFn: ({ signal }) => promptVersionsGet({ id, number }, { signal }),
    staleTime: Infinity,
  });

/** @param to a version, or `draft`, which changes while somebody types */
export const promptDiffQuery = (id: string, from: number, to: number | 'draft') =>
  queryOptions({
    queryKey: ['prompts', 'diff', id, from, to],
    queryFn: ({ signal }) => promptVersionsDiff({ id, a: String(from), b: String(to) }, { signal }),
    staleTime: to === 'draft' ? 0 : Infinity,
  });
