import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { rememberWatched } from '@/features/home/checklist';
import { SkeletonRows } from '@/shared/ui/skeleton';

const RunPage = lazy(() => import('@/features/run-page/run-page').then((module) => ({ default: module.RunPage })));
const route = getRouteApi('/signed-in/runs/$executionId');

/** The place of one run. Another run is another page: nothing of the last one stays. */
export function RunFrame() {
  const { executionId } = route.useParams();
  useEffect(rememberWatched, []);
  return (
    <Suspense fallback={<SkeletonRows label="run" />}>
      <RunPage key={executionId} executionId={executionId} />
    </Suspense>
  );
}
