import { createRoute, redirect } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';

export const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/profile', replace: true });
  },
});
