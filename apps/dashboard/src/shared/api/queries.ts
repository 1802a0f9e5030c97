import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import {
  agentsGet,
  agentsList,
  apiKeysList,
  draftGet,
  executionsCallback,
  executionsGet,
  executionsList,
  executionsPayload,
  executionsSteps,
  invitationsList,
  mcpToolsList,
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
import type { ExecutionStep } from './generated/schema';

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

/** Published agents that clients of the Model Context Protocol can call. */
export const mcpToolsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['mcp-tools'],
    queryFn: ({ pageParam, signal }) => mcpToolsList({ query: { limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
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

/** The language models that nodes can name. */
export const modelsQuery = () =>
  queryOptions({
    queryKey: ['models', 'language'],
    queryFn: ({ signal }) => modelsList({ query: { kind: 'language' } }, { signal }),
    staleTime: 5 * 60_000,
  });

/** The tools that agents and tool nodes can use. */
export const toolsQuery = () =>
  queryOptions({ queryKey: ['tools'], queryFn: ({ signal }) => toolsList({ signal }), staleTime: 5 * 60_000 });

/** What the keys of all lists of runs begin with. */
export const RUN_LISTS = ['executions', 'list'] as const;

export const executionsQuery = (filters: Omit<ExecutionsListQuery, 'cursor'> = {}) =>
  infiniteQueryOptions({
    queryKey: [...RUN_LISTS, filters],
    queryFn: ({ pageParam, signal }) =>
      executionsList({ query: { limit: PAGE_SIZE, ...filters, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
    placeholderData: keepPreviousData,
  });

const STEPS = ['executions', 'steps'] as const;

export const executionQuery = (id: string) =>
  queryOptions({ queryKey: ['executions', 'one', id], queryFn: ({ signal }) => executionsGet({ id }, { signal }) });

/** As many steps as a page of the API holds. */
const STEPS_PER_PAGE = 500;

/** All steps of a run, page after page: ask only where each of them is needed. */
export const allStepsQuery = (id: string) =>
  queryOptions({
    queryKey: [...STEPS, id, 'all'],
    queryFn: async ({ signal }) => {
      const all: ExecutionStep[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await executionsSteps({ id, query: { limit: STEPS_PER_PAGE, cursor } }, { signal });
        all.push(...page.data);
        if (!page.hasMore || page.nextCursor === null) return all;
        cursor = page.nextCursor;
      }
    },
  });

/** The first steps of a run, and further ones when asked for. */
export const stepPagesQuery = (id: string, limit: number) =>
  infiniteQueryOptions({
    queryKey: [...STEPS, id, 'pages', limit],
    queryFn: ({ pageParam, signal }) => executionsSteps({ id, query: { limit, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: nextPage,
  });

/** One step; null while it has not begun. */
export const stepQuery = (id: string, path: string) =>
  queryOptions({
    queryKey: [...STEPS, id, 'path', path],
    queryFn: async ({ signal }) => (await executionsSteps({ id, query: { path } }, { signal })).data[0] ?? null,
  });

/** The latest step of each node. @param state makes another question of it when the run has gone on */
export const nodeStepsQuery = (id: string, state: string) =>
  queryOptions({
    queryKey: [...STEPS, id, 'nodes', state],
    queryFn: async ({ signal }) => (await executionsSteps({ id, query: { of: 'nodes' } }, { signal })).data,
  });

/** A value that is too large for its row. What a hash names never changes. */
export const payloadQuery = (id: string, hash: string) =>
  queryOptions({
    queryKey: ['executions', 'payload', id, hash],
    queryFn: ({ signal }) => executionsPayload({ id, hash }, { signal, deadlineMs: 120_000 }),
    staleTime: Infinity,
    gcTime: 60_000,
  });

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
