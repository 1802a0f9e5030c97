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
import type { Conversation, Message } from '@/shared/api/generated/schema';
import { TooltipProvider } from '@/shared/ui/tooltip';

/** Opens one of the two pages at its own address; its links lead nowhere. */
export function openChatPage(Page: () => ReactNode, path: '/playground' | '/conversations', search = '') {
  const root = createRootRoute();
  const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Outlet });
  const page = createRoute({ getParentRoute: () => signedIn, path, component: Page });
  const router = createRouter({
    routeTree: root.addChildren([signedIn.addChildren([page])]),
    history: createMemoryHistory({ initialEntries: [`${path}${search}`] }),
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <TooltipProvider>
        <RouterProvider router={router as never} />
      </TooltipProvider>
    </QueryClientProvider>,
  );
  return router;
}

export const CONVERSATION: Conversation = {
  id: 'c1',
  agentId: 'a1',
  agentName: 'Helper',
  version: null,
  title: 'About gardens',
  turns: 1,
  summary: null,
  expiresAt: null,
  lastMessageAt: '2026-11-20T08:00:00.000Z',
  createdAt: '2026-11-20T08:00:00.000Z',
};

export const question = (more: Partial<Message> = {}): Message => ({
  id: 'm1',
  turn: 1,
  role: 'user',
  content: 'What grows in the shade?',
  state: 'answered',
  executionId: 'e1',
  error: null,
  simulated: true,
  createdAt: '2026-11-20T08:00:00.000Z',
  ...more,
});

export const answer = (more: Partial<Message> = {}): Message =>
  question({ id: 'm2', role: 'assistant', content: 'Ferns **do**.', ...more });

export const page = <Row,>(...data: Row[]) => ({ body: { data, nextCursor: null, hasMore: false } });
