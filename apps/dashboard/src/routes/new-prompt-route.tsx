import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export const newPromptRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/prompts/new',
  head: () => titled('New prompt'),
  component: lazyRouteComponent(() => import('@/features/prompts/new-prompt-page'), 'NewPromptPage'),
});
