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
import type { ReactNode } from 'react';
import { validateTriggersSearch } from '@/routes/triggers-search';
import { session } from '@/shared/session/session';
import { TooltipProvider } from '@/shared/ui/tooltip';

/** A request as the fake server saw it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** Answers by `METHOD /path`; what is not there is a 404. */
export type Answers = Record<string, (asked: Asked) => { status?: number; body: unknown }>;

/** A server for `fetch` that keeps what it was asked. */
export function fakeServer(answers: Answers): { asked: Asked[]; fetch: typeof fetch } {
  const asked: Asked[] = [];
  const answer = (url: string, init?: RequestInit): Promise<Response> => {
    const path = url.replace('/api/v1', '');
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    const request = { method: init?.method ?? 'GET', path, body };
    asked.push(request);
    const made = answers[`${request.method} ${path.split('?')[0]}`]?.(request) ?? {
      status: 404,
      body: { title: 'Not found', status: 404, code: 'x.not_found', detail: 'There is no such thing.' },
    };
    return Promise.resolve(new Response(JSON.stringify(made.body), { status: made.status ?? 200 }));
  };
  return { asked, fetch: answer as typeof fetch };
}

/** Somebody who may do all of this is signed in. */
export async function signIn(permissions: readonly string[]): Promise<void> {
  const me = {
    user: { id: 'u1', email: 'ada@acme.test', name: 'Ada', emailVerified: true },
    org: { id: 'o1', name: 'Acme', slug: 'acme' },
    role: 'owner',
    permissions,
    orgs: [],
  };
  const before = globalThis.fetch;
  globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(me)));
  await session.accept({ accessToken: 't', expiresInSeconds: 900, user: me.user, org: me.org });
  globalThis.fetch = before;
}

/** Opens one of the two pages at its own address; its links lead nowhere. */
export function openPage(Page: () => ReactNode, path: '/schedules' | '/schedules/webhooks', search = ''): void {
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const triggers = createRoute({ getParentRoute: () => signedIn, path: '/schedules', component: Outlet });
  const page = createRoute({
    getParentRoute: () => triggers,
    path: path === '/schedules' ? '/' : 'webhooks',
    validateSearch: validateTriggersSearch,
    component: Page,
  });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([triggers.addChildren([page])])]),
    history: createMemoryHistory({ initialEntries: [`${path}${search}`] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
}
