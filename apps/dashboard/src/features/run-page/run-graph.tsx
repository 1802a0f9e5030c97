import { useQuery } from '@tanstack/react-query';
import { Component, lazy, Suspense, useMemo, type ReactNode } from 'react';
import { versionQuery } from '@/shared/api/queries';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { graphStates } from './graph-states';
import { GraphOutline } from './graph-outline';

// The drawing belongs to the graph editor and brings xyflow with it: loaded only when somebody looks at this tab.
const Drawing = lazy(() =>
  import('@/features/graph-editor/read-only-graph').then((module) => ({ default: module.ReadOnlyGraph })),
);

export interface RunGraphProps {
  agentId: string;
  version: number;
  timeline: ExecutionTimeline;
  selected: string | undefined;
  onSelect: (path: string) => void;
}

/** The version's graph with what each node did in this run; the same selection as in the timeline. */
export function RunGraph({ agentId, version, timeline, selected, onSelect }: RunGraphProps) {
  const query = useQuery(versionQuery(agentId, version));
  const states = useMemo(() => graphStates(timeline.steps.values()), [timeline.steps]);
  if (query.isPending) return <SkeletonRows label="graph" />;
  if (query.isError)
    return (
      <ErrorState title="The graph could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  const { graph } = query.data;
  const node = selected === undefined ? undefined : (timeline.steps.get(selected)?.nodeId ?? selected.split('/')[0]);
  const select = (nodeId: string) => {
    // The node of the selected step is selected already: another round of it may be meant.
    if (nodeId !== node) onSelect(states[nodeId]?.path ?? nodeId);
  };
  const outline = <GraphOutline graph={graph} states={states} selected={node} onSelect={select} />;
  return (
    <OutlineWhenBroken outline={outline}>
      <Suspense fallback={<SkeletonRows label="graph" />}>
        <div className="h-full max-lg:h-[60vh]">
          <Drawing graph={graph} states={states} selected={node} onSelect={select} />
        </div>
      </Suspense>
    </OutlineWhenBroken>
  );
}

/** A drawing that cannot be loaded or breaks must not take the run page with it. */
class OutlineWhenBroken extends Component<{ outline: ReactNode; children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? this.props.outline : this.props.children;
  }
}
