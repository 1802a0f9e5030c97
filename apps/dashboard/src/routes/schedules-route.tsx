import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { titled } from './search-values';
import { triggersRoute } from './triggers-route';
import { validateTriggersSearch } from './triggers-search';

export const schedulesRoute = createRoute({
  getParentRoute: () => triggersRoute,
  path: '/',
  validateSearch: validateTriggersSearch,
  head: () => titled('Schedules'),
  component: lazyRouteComponent(() => import('@/features/triggers/schedules-page'), 'SchedulesPage'),
});
