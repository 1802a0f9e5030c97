import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { SkeletonRows } from '@/shared/ui/skeleton';

const GraphEditor = lazy(() =>
  import('@/features/graph-editor/graph-editor').then((module) => ({ default: module.GraphEditor })),
);
const route = getRouteApi('/signed-in/agents/$agentId');

/** The place of the editor. Another agent is another editor: nothing of the last one stays. */
export function AgentEditorTab() {
  const { agentId } = route.useParams();
  return (
    <Suspense fallback={<SkeletonRows label="editor" />}>
      <GraphEditor key={agentId} agentId={agentId} />
    </Suspense>
  );
}
