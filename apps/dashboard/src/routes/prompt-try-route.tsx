import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { promptRoute } from './prompt-route';

export const promptTryRoute = createRoute({
  getParentRoute: () => promptRoute,
  path: 'try',
  component: lazyRouteComponent(() => import('@/features/prompts/try-prompt-tab'), 'TryPromptTab'),
});
