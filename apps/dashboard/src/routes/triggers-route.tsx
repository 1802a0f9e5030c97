import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from './signed-in-route';

/** The frame of the two lists of triggers. */
export const triggersRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/schedules',
  component: lazyRouteComponent(() => import('@/features/triggers/triggers-layout'), 'TriggersLayout'),
});
