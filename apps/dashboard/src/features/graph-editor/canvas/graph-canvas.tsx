import {
  applyNodeChanges,
  Background,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Connection,
  type FinalConnectionState,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useRef, useState } from 'react';
import { useEditor } from '../editor-context';
import { findConnectProblem, makeEdge } from '../graph/edit-edges';
import { moveNodes } from '../graph/edit-nodes';
import type { GraphEdge } from '../graph/graph';
import { nodeHeight, NODE_WIDTH } from '../graph/node-size';
import { useGraphActions } from '../use-graph-actions';
import { AddNodeList } from './add-node-list';
import { CanvasControls } from './canvas-controls';
import { ConnectList } from './connect-list';
import { flowEdges, flowNodes, type StepEdge, type StepNode } from './flow-elements';
import { EDGE_TYPES, MINIMAP_ABOVE_NODES, NODE_TYPES, ZOOM } from './flow-settings';
import { openingView } from './opening-view';
import './graph-canvas.css';
import { useCanvasHandle } from './use-canvas-handle';

/** The graph to draw in: drag to move and connect, everything else through the editor's actions. */
export function GraphCanvas() {
  return (
    <ReactFlowProvider>
      <Canvas />
    </ReactFlowProvider>
  );
}

function Canvas() {
  const editor = useEditor();
  const { graph, readOnly, problems, kindOf, selection, lastRun } = editor;
  const actions = useGraphActions();
  const box = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<StepNode, StepEdge>();
  const openProblem = (nodeId: string) => {
    const problem = problems.find((each) => each.nodeId === nodeId);
    if (problem) editor.openProblem(problem);
  };
  const latestOpenProblem = useRef(openProblem);
  latestOpenProblem.current = openProblem;
  const [onOpenProblem] = useState(() => (nodeId: string) => latestOpenProblem.current(nodeId));
  const looks = {
    kindOf,
    problems,
    lastRun,
    selectedNodes: selection.nodes,
    selectedEdge: selection.edge,
    onOpenProblem,
  };
  const [opening] = useState(() => openingView(graph, selection.nodes));
  const [nodes, setNodes] = useState<StepNode[]>(() => flowNodes(graph, looks));
  // xyflow moves its own copy while somebody drags; what it has measured is kept, so that nothing flickers.
  useEffect(() => {
    setNodes((before) => {
      const measured = new Map(before.map((node) => [node.id, node.measured]));
      return flowNodes(graph, looks).map((node) => ({ ...node, measured: measured.get(node.id) }));
    });
  }, [graph, problems, selection, kindOf, lastRun]);
  useCanvasHandle(box);

  const nodeNameOf = (id: string | undefined) => nodes.find((node) => node.id === id)?.data.name ?? 'a node';
  const onNodesChange = (changes: NodeChange<StepNode>[]) => {
    const next = applyNodeChanges(changes, nodes);
    setNodes(next);
    if (changes.some((change) => change.type === 'select'))
      editor.select(next.filter((node) => node.selected).map((node) => node.id));
    const moved = new Map(
      changes.flatMap((change) =>
        change.type === 'position' && change.dragging !== true && change.position
          ? [[change.id, change.position] as const]
          : [],
      ),
    );
    if (moved.size > 0) {
      const name = moved.size === 1 ? nodeNameOf([...moved.keys()][0]) : `${moved.size} nodes`;
      editor.edit(moveNodes(graph, moved), `move ${name}`, {
        mergeKey: `move ${[...moved.keys()].join(' ')}`,
        quiet: true,
      });
    }
  };

  const openListAt = (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (readOnly || state.isValid === true || !state.fromNode || !state.fromHandle) return;
    if (state.toNode) {
      const [from, to] =
        state.fromHandle.type === 'source'
          ? [state.fromNode.id, state.toNode.id]
          : [state.toNode.id, state.fromNode.id];
      const problem = findConnectProblem(graph, makeEdge(from, to, state.fromHandle.id ?? undefined));
      if (problem) editor.announce(problem);
      return;
    }
    const pointer = 'changedTouches' in event ? event.changedTouches[0] : event;
    const frame = box.current?.getBoundingClientRect();
    if (!pointer || !frame) return;
    const at = flow.screenToFlowPosition({ x: pointer.clientX, y: pointer.clientY });
    const corner = { x: pointer.clientX - frame.left, y: pointer.clientY - frame.top };
    const leaves = state.fromHandle.type === 'source';
    editor.startAdding({
      corner,
      position: { x: leaves ? at.x : at.x - NODE_WIDTH, y: at.y - nodeHeight([]) / 2 },
      ...(leaves
        ? { after: { node: state.fromNode.id, port: state.fromHandle.id ?? 'out' } }
        : { before: { node: state.fromNode.id } }),
    });
  };

  return (
    <div ref={box} className="relative h-full" data-canvas>
      <ReactFlow<StepNode, StepEdge>
        className="agent-graph"
        aria-label="Graph"
        nodes={nodes}
        edges={flowEdges(graph, looks)}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={(changes) => {
          for (const change of changes) {
            if (change.type !== 'select') continue;
            if (change.selected) editor.selectEdge(change.id);
            else if (selection.edge === change.id) editor.selectEdge(null);
          }
        }}
        onConnect={(connection) => actions.connectNodes(edgeOf(connection))}
        onConnectEnd={openListAt}
        onReconnect={(old, connection) => actions.moveEnd(old.id, edgeOf(connection))}
        isValidConnection={(connection) => findConnectProblem(graph, edgeOf(connection)) === null}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        edgesReconnectable={!readOnly}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        connectionRadius={28}
        ariaLabelConfig={{
          'node.a11yDescription.default': readOnly
            ? 'Press Enter to show the fields of this node.'
            : 'Press Enter to choose this node, arrows to move it, E to edit its fields, C to connect it, Delete to remove it.',
          'edge.a11yDescription.default': 'Press Enter to choose this connection.',
        }}
        fitView
        fitViewOptions={opening}
        onlyRenderVisibleElements={nodes.length > 200}
        {...ZOOM}
      >
        <Background gap={20} size={1.5} />
        {nodes.length > MINIMAP_ABOVE_NODES && <MiniMap pannable zoomable ariaLabel="Map of the graph" />}
        <CanvasControls />
      </ReactFlow>
      {editor.adding && <AddNodeList />}
      {editor.connecting !== null && <ConnectList />}
    </div>
  );
}

function edgeOf({ source, target, sourceHandle }: Connection | StepEdge): GraphEdge {
  return makeEdge(source, target, sourceHandle ?? undefined);
}
