import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { promptQuery } from '@/features/prompts/prompt-queries';
import { queryClient } from '@/shared/api/query-client';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

/** The frame around the tabs of one prompt. */
export const promptRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/prompts/$promptId',
  loader: ({ params }) => void queryClient.prefetchQuery(promptQuery(params.promptId)),
  head: () => titled('Prompt'),
  component: lazyRouteComponent(() => import('@/features/prompts/prompt-page'), 'PromptPage'),
});
