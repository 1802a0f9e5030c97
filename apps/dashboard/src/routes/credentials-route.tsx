import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface CredentialsSearch {
  /** The form: `new`, or the id of what is being changed. */
  form?: string;
}

export const credentialsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/credentials',
  validateSearch: (search: Record<string, unknown>): CredentialsSearch => ({ form: text(search.form) }),
  head: () => titled('Credentials'),
  component: lazyRouteComponent(() => import('@/features/credentials/credentials-page'), 'CredentialsPage'),
});
