import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { promptRoute } from './prompt-route';
import { count } from './search-values';

export interface PromptVersionsSearch {
  /** The version that is shown. */
  version?: number;
  /** The version it is compared with. */
  against?: number;
}

export const promptVersionsRoute = createRoute({
  getParentRoute: () => promptRoute,
  path: 'versions',
  validateSearch: (search: Record<string, unknown>): PromptVersionsSearch => ({
    version: count(search.version),
    against: count(search.against),
  }),
  component: lazyRouteComponent(() => import('@/features/prompts/prompt-versions-tab'), 'PromptVersionsTab'),
});
