import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from '@/shared/api/query-client';
import { session } from '@/shared/session/session';
import { router } from './router';
import './styles.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');

// Signed out by another tab or a refused refresh: the gate sends to the sign-in page and keeps the way back.
let wasSignedIn = false;
session.subscribe(() => {
  const isSignedIn = session.current().status === 'signed-in';
  if (wasSignedIn && !isSignedIn) void router.invalidate();
  wasSignedIn = isSignedIn;
});

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);
