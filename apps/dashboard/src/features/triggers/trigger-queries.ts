import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  schedulesList,
  schedulesPreview,
  webhooksDeliveries,
  webhooksList,
  type SchedulesListQuery,
  type WebhooksListQuery,
} from '@/shared/api/generated/operations';

const PAGE_SIZE = 50;

/** Schedules fire and messages come without anybody pressing anything. */
const REFRESH_MS = 10_000;

const nextPage = (page: { nextCursor: string | null; hasMore: boolean }) =>
  page.hasMore ? (page.nextCursor ?? undefined) : undefined;

const paged = { initialPageParam: undefined as string | undefined, getNextPageParam: nextPage };

export const schedulesQuery = (filters: Omit<SchedulesListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['schedules', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      schedulesList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    ...paged,
    refetchInterval: REFRESH_MS,
  });

export const schedulePreviewQuery = (cron: string, timeZone: string) =>
  queryOptions({
    queryKey: ['schedules', 'preview', cron, timeZone],
    queryFn: ({ signal }) => schedulesPreview({ query: { cron, timeZone } }, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const webhooksQuery = (filters: Omit<WebhooksListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      webhooksList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    ...paged,
    refetchInterval: REFRESH_MS,
  });

export const deliveriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', 'deliveries', id],
    queryFn: ({ pageParam, signal }) =>
      webhooksDeliveries({ id, query: { limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    ...paged,
    refetchInterval: REFRESH_MS,
  });
