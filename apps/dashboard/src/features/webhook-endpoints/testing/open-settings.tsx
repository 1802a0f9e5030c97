import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { EndpointPage } from '../endpoint-page';
import { EndpointsPage } from '../endpoints-page';

/** Opens one of the two pages of endpoints at its own address. */
export function openSettings(address: string): void {
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const settings = createRoute({ getParentRoute: () => signedIn, path: '/settings', component: Outlet });
  const list = createRoute({ getParentRoute: () => settings, path: 'webhook-endpoints', component: EndpointsPage });
  const one = createRoute({
    getParentRoute: () => settings,
    path: 'webhook-endpoints/$endpointId',
    component: EndpointPage,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([settings.addChildren([list, one])])]),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
}
