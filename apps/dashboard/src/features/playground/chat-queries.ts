import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { conversationsGet, conversationsList, conversationsMessages } from '@/shared/api/generated/operations';

const PAGE_SIZE = 50;
/** A message that waits for its turn is looked at again. */
const QUEUED_LOOK_MS = 1_000;

const nextPage = (page: { nextCursor: string | null; hasMore: boolean }) =>
  page.hasMore ? (page.nextCursor ?? undefined) : undefined;

/** What the keys of everything about conversations begin with. */
export const CONVERSATIONS = ['conversations'] as const;

export const conversationsQuery = (agentId?: string) =>
  infiniteQueryOptions({
    queryKey: [...CONVERSATIONS, 'list', agentId ?? null],
    queryFn: ({ pageParam, signal }) =>
      conversationsList({ query: { limit: PAGE_SIZE, agentId, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: [...CONVERSATIONS, 'one', id],
    queryFn: ({ signal }) => conversationsGet({ id }, { signal }),
  });

/** Newest first, page after page. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...CONVERSATIONS, 'messages', id],
    queryFn: ({ pageParam, signal }) =>
      conversationsMessages({ id, query: { limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.data.some((message) => message.state === 'queued') ? QUEUED_LOOK_MS : false,
  });
