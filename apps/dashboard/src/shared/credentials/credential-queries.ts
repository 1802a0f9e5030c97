import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  credentialKindsList,
  credentialsAgents,
  credentialsList,
  type CredentialsListQuery,
} from '@/shared/api/generated/operations';

const PAGE_SIZE = 50;

/** What the keys of everything about credentials begin with. */
export const CREDENTIALS = ['credentials'] as const;

/** Kinds come with the program. */
export const credentialKindsQuery = () =>
  queryOptions({
    queryKey: ['credential-kinds'],
    queryFn: ({ signal }) => credentialKindsList({ signal }),
    staleTime: Infinity,
  });

export const credentialsQuery = (filters: Omit<CredentialsListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: [...CREDENTIALS, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      credentialsList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });

/** Agents that would fail without it. */
export const usingAgentsQuery = (id: string) =>
  queryOptions({
    queryKey: [...CREDENTIALS, 'agents', id],
    queryFn: ({ signal }) => credentialsAgents({ id }, { signal }),
  });
