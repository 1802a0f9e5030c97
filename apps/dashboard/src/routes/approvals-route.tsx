import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { oneOf, text, titled } from './search-values';
import { signedInRoute } from './signed-in-route';

export interface ApprovalsSearch {
  /** What is open when absent. */
  state?: 'answered';
  /** Id of the wait that is shown. */
  wait?: string;
}

export const approvalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/approvals',
  validateSearch: (search: Record<string, unknown>): ApprovalsSearch => ({
    state: oneOf(['answered'], search.state),
    wait: text(search.wait),
  }),
  head: () => titled('Approvals'),
  component: lazyRouteComponent(() => import('@/features/approvals/approvals-page'), 'ApprovalsPage'),
});
