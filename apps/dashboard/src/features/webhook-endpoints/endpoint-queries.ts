import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  endpointDeliveriesGet,
  endpointDeliveriesList,
  webhookEndpointsEventTypes,
  webhookEndpointsGet,
  webhookEndpointsList,
} from '@/shared/api/generated/operations';
import type { DeliveryState } from '@/shared/api/generated/schema';

const PAGE_SIZE = 50;

/** Deliveries come and are tried again without anybody pressing anything. */
const REFRESH_MS = 5_000;

/** Everything of endpoints: forgotten together after a change. */
export const ENDPOINTS_KEY = ['webhook-endpoints'] as const;

export const endpointsQuery = () =>
  queryOptions({
    queryKey: [...ENDPOINTS_KEY, 'list'],
    queryFn: ({ signal }) => webhookEndpointsList({ signal }),
    refetchInterval: REFRESH_MS,
  });

export const endpointQuery = (id: string) =>
  queryOptions({
    queryKey: [...ENDPOINTS_KEY, 'one', id],
    queryFn: ({ signal }) => webhookEndpointsGet({ id }, { signal }),
    refetchInterval: REFRESH_MS,
  });

/** Part of the server's code, so it does not change while a page is open. */
export const eventTypesQuery = () =>
  queryOptions({
    queryKey: ['webhook-event-types'],
    queryFn: ({ signal }) => webhookEndpointsEventTypes({ signal }),
    staleTime: Infinity,
  });

export const deliveriesQuery = (id: string, state: DeliveryState | undefined) =>
  infiniteQueryOptions({
    queryKey: [...ENDPOINTS_KEY, 'deliveries', id, state ?? 'all'],
    queryFn: ({ pageParam, signal }) =>
      endpointDeliveriesList({ id, query: { limit: PAGE_SIZE, state, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
    refetchInterval: REFRESH_MS,
  });

export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...ENDPOINTS_KEY, 'delivery', id, deliveryId],
    queryFn: ({ signal }) => endpointDeliveriesGet({ id, deliveryId }, { signal }),
    refetchInterval: REFRESH_MS,
  });
