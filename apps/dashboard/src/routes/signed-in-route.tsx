import { createRoute, redirect } from '@tanstack/react-router';
import { AppFrame } from '@/features/frame/app-frame';
import { switchOrg } from '@/features/frame/switch-org';
import { session } from '@/shared/session/session';
import { rootRoute } from './root-route';

/** The gate: everything under it needs somebody who is signed in, and comes back after signing in. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  beforeLoad: async ({ search, location }) => {
    const { status, me } = await session.start();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to redirect
    if (status !== 'signed-in') throw redirect({ to: '/sign-in', search: { redirect: location.href } });
    const asked = search.org;
    if (asked && asked !== me.org.id && me.orgs.some((org) => org.id === asked)) await switchOrg(asked);
  },
  component: AppFrame,
});
