import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem';

const MAX_RETRIES = 2;

/** The cache of everything read from the server. Emptied when the person signs out or switches organisation. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 5 * 60_000,
      networkMode: 'always',
      retry: (failures, error) => error instanceof ApiProblem && error.retryable && failures < MAX_RETRIES,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
