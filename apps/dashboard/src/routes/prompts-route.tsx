import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface PromptsSearch {
  search?: string;
  archived?: boolean;
}

export const promptsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/prompts',
  validateSearch: (search: Record<string, unknown>): PromptsSearch => ({
    search: text(search.search),
    archived: search.archived === true || undefined,
  }),
  head: () => titled('Prompts'),
  component: lazyRouteComponent(() => import('@/features/prompts/prompts-page'), 'PromptsPage'),
});
