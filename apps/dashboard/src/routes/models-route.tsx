import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface ModelsSearch {
  /** The catalogue when absent. */
  view?: 'rules' | 'health';
  /** Words that the shown models have. */
  search?: string;
  /** The form: `new`, or the name of the model that is being changed. */
  form?: string;
}

export const modelsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/models',
  validateSearch: ({ view, search, form }: Record<string, unknown>): ModelsSearch => ({
    view: oneOf(['rules', 'health'] as const, view),
    search: text(search),
    form: text(form),
  }),
  head: () => titled('Models'),
  component: lazyRouteComponent(() => import('@/features/models/models-page'), 'ModelsPage'),
});
