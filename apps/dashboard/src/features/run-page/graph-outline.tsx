import type { Graph } from '@/shared/api/generated/schema';
import { Duration } from '@/shared/ui/duration';
import { StatusMark } from '@/shared/ui/status-mark';
import { classNames } from '@/shared/ui/class-names';
import type { NodeState } from '@/features/graph-editor/read-only-graph';
import { NodeKindIcon } from './node-kind-mark';

export interface GraphOutlineProps {
  graph: Graph;
  states: Record<string, NodeState>;
  selected: string | undefined;
  onSelect: (nodeId: string) => void;
}

/** The graph as a list: each node, how it stands and where it leads. In the place of the drawing when that cannot be shown. */
export function GraphOutline({ graph, states, selected, onSelect }: GraphOutlineProps) {
  const nameOf = (id: string) => graph.nodes.find((node) => node.id === id)?.name ?? id;
  return (
    <div className="h-full overflow-y-auto p-4">
      <p className="text-muted mb-2">The drawing cannot be shown here. This is the same graph as a list.</p>
      <ul className="flex flex-col rounded-md border">
        {graph.nodes.map((node) => {
          const state = states[node.id];
          const leadsTo = graph.edges
            .filter((edge) => edge.from === node.id)
            .map((edge) => (edge.port ? `${nameOf(edge.to)} (${edge.port})` : nameOf(edge.to)));
          return (
            <li key={node.id} className="border-b last:border-b-0">
              <button
                type="button"
                disabled={!state}
                aria-current={selected === node.id || undefined}
                className={classNames(
                  'flex w-full flex-wrap items-center gap-x-3 px-3 py-2 text-left',
                  selected === node.id ? 'bg-selected' : state && 'hover:bg-hover',
                )}
                onClick={() => onSelect(node.id)}
              >
                <NodeKindIcon kind={node.kind} />
                <span className="font-medium">{node.name ?? node.id}</span>
                {state ? <StatusMark status={state.status} /> : <span className="text-muted">Not reached</span>}
                {state?.durationMs !== undefined && <Duration ms={state.durationMs} />}
                {leadsTo.length > 0 && (
                  <span className="text-muted w-full pl-7 text-sm">leads to {leadsTo.join(', ')}</span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
