import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from './settings-route';
import { titled } from './search-values';

export const settingsProfileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'profile',
  head: () => titled('Profile and password'),
  component: lazyRouteComponent(() => import('@/features/settings/profile-page'), 'ProfilePage'),
});
