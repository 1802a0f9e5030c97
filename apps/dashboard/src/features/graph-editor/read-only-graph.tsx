import { Background, MiniMap, Panel, ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useQuery } from '@tanstack/react-query';
import { Maximize } from 'lucide-react';
import { useMemo } from 'react';
import { nodeKindsQuery } from '@/shared/api/queries';
import { IconButton } from '@/shared/ui/icon-button';
import { flowEdges, flowNodes } from './canvas/flow-elements';
import { EDGE_TYPES, FIT_VIEW, MINIMAP_ABOVE_NODES, NODE_TYPES, ZOOM } from './canvas/flow-settings';
import './canvas/graph-canvas.css';
import type { NodeState } from './canvas/node-state';
import type { Graph } from './graph/graph';
import { kindFinder } from './graph/kind-finder';
import { withPositions } from './graph/tidy';

export type { NodeState } from './canvas/node-state';

export interface ReadOnlyGraphProps {
  graph: Graph;
  /** What a run did, by node id. A node without an entry was not reached. */
  states: Readonly<Record<string, NodeState>>;
  /** Node id. */
  selected?: string;
  onSelect: (nodeId: string) => void;
}

const NO_PROBLEMS = [] as const;

/** A graph to look at, with what a run did in it. Fills the height it is given. */
export function ReadOnlyGraph(props: ReadOnlyGraphProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, states, selected, onSelect }: ReadOnlyGraphProps) {
  const kinds = useQuery(nodeKindsQuery()).data?.data;
  const { fitView } = useReactFlow();
  const { nodes, edges } = useMemo(() => {
    const kindOf = kindFinder(kinds ?? []);
    const placed = withPositions(graph, kindOf);
    const looks = {
      kindOf,
      states,
      problems: NO_PROBLEMS,
      selectedNodes: new Set(selected === undefined ? [] : [selected]),
      selectedEdge: null,
    };
    return { nodes: flowNodes(placed, looks), edges: flowEdges(placed, looks) };
  }, [graph, kinds, states, selected]);
  return (
    <ReactFlow
      className="agent-graph"
      aria-label="Graph of the run"
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      onNodesChange={(changes) => {
        for (const change of changes) if (change.type === 'select' && change.selected) onSelect(change.id);
      }}
      ariaLabelConfig={{ 'node.a11yDescription.default': 'Press Enter to show this step.' }}
      fitView
      fitViewOptions={FIT_VIEW}
      onlyRenderVisibleElements={nodes.length > 200}
      {...ZOOM}
    >
      <Background gap={20} size={1.5} />
      {nodes.length > MINIMAP_ABOVE_NODES && <MiniMap pannable zoomable ariaLabel="Map of the graph" />}
      <Panel position="bottom-left">
        <IconButton
          label="Show the whole graph"
          className="bg-surface border"
          icon={<Maximize />}
          onClick={() => void fitView(FIT_VIEW)}
        />
      </Panel>
    </ReactFlow>
  );
}
