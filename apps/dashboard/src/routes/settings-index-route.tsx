import { createRoute, redirect } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';

export const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to redirect
    throw redirect({ to: '/settings/profile', replace: true });
  },
});
