import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  agentsGet,
  agentsList,
  apiKeysList,
  draftGet,
  executionsCallback,
  executionsGet,
  executionsList,
  executionsSteps,
  invitationsList,
  membersList,
  modelsList,
  nodeKindsList,
  orgGet,
  rolesList,
  signingSecretGet,
  teamsList,
  templatesList,
  toolsList,
  versionsDiff,
  versionsGet,
  versionsList,
  type AgentsListQuery,
  type ExecutionsListQuery,
} from './generated/operations';

/**
 * What screens read, as options for useQuery, useInfiniteQuery and prefetching. Keys start with the thing, so that
 * `queryClient.invalidateQueries({ queryKey: ['agents'] })` reaches every list and detail of agents.
 */
const PAGE_SIZE = 50;
const HOUR_MS = 60 * 60_000;
const CALLBACK_LOOK_MS = 3_000;

const nextPage = (page: { nextCursor: string | null; hasMore: boolean }) =>
  page.hasMore ? (page.nextCursor ?? undefined) : undefined;

export const agentsQuery = (filters: Omit<AgentsListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['agents', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      agentsList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

export const agentQuery = (id: string) =>
  queryOptions({ queryKey: ['agents', 'one', id], queryFn: ({ signal }) => agentsGet({ id }, { signal }) });

export const draftQuery = (id: string) =>
  queryOptions({ queryKey: ['agents', 'draft', id], queryFn: ({ signal }) => draftGet({ id }, { signal }) });

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['agents', 'versions', id],
    queryFn: ({ pageParam, signal }) =>
      versionsList({ id, query: { limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
  });

/** Versions never change: kept for as long as the page lives. */
export const versionQuery = (id: string, number: number) =>
  queryOptions({
    queryKey: ['agents', 'version', id, number],
    queryFn: ({ signal }) => versionsGet({ id, number }, { signal }),
    staleTime: Infinity,
  });

export const versionsDiffQuery = (id: string, a: number, b: number) =>
  queryOptions({
    queryKey: ['agents', 'diff', id, a, b],
    queryFn: ({ signal }) => versionsDiff({ id, a: String(a), b: String(b) }, { signal }),
    staleTime: Infinity,
  });

export const nodeKindsQuery = () =>
  queryOptions({ queryKey: ['node-kinds'], queryFn: ({ signal }) => nodeKindsList({ signal }), staleTime: HOUR_MS });

export const templatesQuery = () =>
  queryOptions({ queryKey: ['templates'], queryFn: ({ signal }) => templatesList({ signal }), staleTime: HOUR_MS });

export const modelsQuery = () =>
  queryOptions({ queryKey: ['models'], queryFn: ({ signal }) => modelsList({ signal }), staleTime: 5 * 60_000 });

/** The tools that agents and tool nodes can use. */
export const toolsQuery = () =>
  queryOptions({ queryKey: ['tools'], queryFn: ({ signal }) => toolsList({ signal }), staleTime: 5 * 60_000 });

export const executionsQuery = (filters: Omit<ExecutionsListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: ['executions', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      executionsList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

export const executionQuery = (id: string) =>
  queryOptions({ queryKey: ['executions', 'one', id], queryFn: ({ signal }) => executionsGet({ id }, { signal }) });

export const executionStepsQuery = (id: string) =>
  queryOptions({ queryKey: ['executions', 'steps', id], queryFn: ({ signal }) => executionsSteps({ id }, { signal }) });

/** What became of a run's callback; looked at again while it is on its way. */
export const callbackQuery = (id: string, isFinal: boolean) =>
  queryOptions({
    queryKey: ['executions', 'callback', id, isFinal],
    queryFn: ({ signal }) => executionsCallback({ id }, { signal }),
    refetchInterval: ({ state }) => (isFinal && state.data?.state === 'armed' ? CALLBACK_LOOK_MS : false),
  });

/** Forgotten as soon as nobody looks at it. */
export const signingSecretQuery = () =>
  queryOptions({ queryKey: ['signing-secret'], queryFn: ({ signal }) => signingSecretGet({ signal }), gcTime: 0 });

export const orgQuery = () => queryOptions({ queryKey: ['org'], queryFn: ({ signal }) => orgGet({ signal }) });
export const membersQuery = () =>
  queryOptions({ queryKey: ['members'], queryFn: ({ signal }) => membersList({ query: { limit: 100 } }, { signal }) });
export const invitationsQuery = () =>
  queryOptions({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => invitationsList({ query: { limit: 100 } }, { signal }),
  });
export const apiKeysQuery = () =>
  queryOptions({ queryKey: ['api-keys'], queryFn: ({ signal }) => apiKeysList({ query: { limit: 100 } }, { signal }) });
export const teamsQuery = () =>
  queryOptions({ queryKey: ['teams'], queryFn: ({ signal }) => teamsList({ query: { limit: 100 } }, { signal }) });
export const rolesQuery = () =>
  queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => rolesList({ signal }), staleTime: HOUR_MS });
