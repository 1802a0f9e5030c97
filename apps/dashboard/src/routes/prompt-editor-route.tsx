import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { promptRoute } from './prompt-route';

export const promptEditorRoute = createRoute({
  getParentRoute: () => promptRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/prompts/prompt-editor-tab'), 'PromptEditorTab'),
});
