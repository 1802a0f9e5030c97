import { createRootRoute, HeadContent, Outlet, retainSearchParams } from '@tanstack/react-router';
import { PageCrashed } from '@/features/frame/page-crashed';
import { PageNotFound } from '@/features/frame/page-not-found';
import { Toaster } from '@/shared/ui/toaster';
import { TooltipProvider } from '@/shared/ui/tooltip';
import { text } from './search-values';

/** `org` stays in the address of people with several organisations, so that a copied link opens in the right one. */
export const rootRoute = createRootRoute({
  validateSearch: (search: Record<string, unknown>): { org?: string } => ({ org: text(search.org) }),
  search: { middlewares: [retainSearchParams(['org'])] },
  head: () => ({ meta: [{ title: 'AgentFlow' }] }),
  component: () => (
    <TooltipProvider>
      <HeadContent />
      <Outlet />
      <Toaster />
    </TooltipProvider>
  ),
  errorComponent: PageCrashed,
  notFoundComponent: PageNotFound,
});
