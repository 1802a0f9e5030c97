import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

/** What the run page keeps in the address. */
export interface RunSearch {
  /** `timeline` when absent. */
  tab?: string;
  /** Path of the selected step. */
  step?: string;
  /** Panel of the inspector. */
  panel?: string;
  /** Type of event that the list of events is narrowed to. */
  event?: string;
}

export const runRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/runs/$executionId',
  validateSearch: (search: Record<string, unknown>): RunSearch => ({
    tab: text(search.tab),
    step: text(search.step),
    panel: text(search.panel),
    event: text(search.event),
  }),
  head: () => titled('Run'),
  component: lazyRouteComponent(() => import('@/features/runs/run-frame'), 'RunFrame'),
});
