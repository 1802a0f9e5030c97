import { MarkerType, Position, type Edge, type Node } from '@xyflow/react';
import {
  DEFAULT_PORT,
  edgeKey,
  edgeWords,
  findNode,
  nodeName,
  portOf,
  type Graph,
  type NodeKind,
} from '../graph/graph';
import type { LastRun, LastStep } from '../graph/last-run';
import { isWayBack } from '../graph/loops';
import { nodeEssence } from '../graph/node-essence';
import { nodePorts, takesEdges, type NodePort } from '../graph/node-ports';
import { nodeHeight, NODE_WIDTH } from '../graph/node-size';
import type { PlacedProblem } from '../graph/placed-problems';
import type { NodeState } from './node-state';

export interface StepNodeData extends Record<string, unknown> {
  name: string;
  kindTitle: string;
  icon: string | undefined;
  essence: string;
  ports: NodePort[];
  hasEntrance: boolean;
  isEntered: boolean;
  usesError: boolean;
  /** What is wrong with it, for its badge. */
  problems: readonly PlacedProblem[];
  state: NodeState | undefined;
  /** What it gave in the newest run, while it is edited. */
  last: LastStep | undefined;
  /** Opens the field of the first problem; absent where nothing can be mended. */
  onOpenProblem: ((nodeId: string) => void) | undefined;
}

export type StepNode = Node<StepNodeData, 'step'>;

export interface StepEdgeData extends Record<string, unknown> {
  /** Port that it leaves by; '' for the only way out, which needs no words. */
  label: string;
  /** From -1 for the uppermost port of its node to 1 for the lowest, so that edges of one node do not lie on each other. */
  lane: number;
  /** For a way back to a loop: how far down it has to pass in order to cross no node. */
  passBelow: number | null;
}

export type StepEdge = Edge<StepEdgeData, 'step'>;

export interface FlowLooks {
  kindOf: (kind: string) => NodeKind | undefined;
  problems: readonly PlacedProblem[];
  states?: Readonly<Record<string, NodeState>>;
  lastRun?: LastRun | null;
  selectedNodes: ReadonlySet<string>;
  selectedEdge: string | null;
  onOpenProblem?: (nodeId: string) => void;
}

/** Id of the handle by which edges enter. */
const ENTRANCE = 'in';

export function flowNodes(
  graph: Graph,
  { kindOf, problems, states, lastRun, selectedNodes, onOpenProblem }: FlowLooks,
): StepNode[] {
  return graph.nodes.map((node): StepNode => {
    const kind = kindOf(node.kind);
    const ports = nodePorts(node, kind, graph);
    const state = states?.[node.id];
    const mine = problems.filter((problem) => problem.nodeId === node.id);
    const name = nodeName(node);
    const title = kind?.title ?? node.kind;
    return {
      id: node.id,
      type: 'step',
      position: node.position ?? { x: 0, y: 0 },
      sourcePosition: Position.Right,
      targetPosition: Position.Left,
      initialWidth: NODE_WIDTH,
      initialHeight: nodeHeight(ports),
      selected: selectedNodes.has(node.id),
      ariaLabel: [name, title, mine.length > 0 && problemWords(mine.length), state && state.status.replaceAll('_', ' ')]
        .filter(Boolean)
        .join(', '),
      data: {
        name,
        kindTitle: title,
        icon: kind?.icon,
        essence: nodeEssence(node, kind),
        ports,
        hasEntrance: takesEdges(node),
        isEntered: graph.edges.some((edge) => edge.to === node.id),
        usesError: graph.edges.some((edge) => edge.from === node.id && portOf(edge) === 'error'),
        problems: mine,
        state,
        last: lastRun?.steps.get(node.id),
        onOpenProblem,
      },
    };
  });
}

export function flowEdges(graph: Graph, { kindOf, problems, states, selectedEdge }: FlowLooks): StepEdge[] {
  const ids = new Set(graph.nodes.map((node) => node.id));
  const wrong = new Set(problems.flatMap((problem) => problem.edge ?? []));
  const seen = new Set<string>();
  return graph.edges.flatMap((edge): StepEdge[] => {
    const id = edgeKey(edge);
    if (!ids.has(edge.from) || !ids.has(edge.to) || seen.has(id)) return [];
    seen.add(id);
    const port = portOf(edge);
    const goesBack = isWayBack(graph, edge);
    const isDead = states !== undefined && (states[edge.from] === undefined || states[edge.to] === undefined);
    return [
      {
        id,
        type: 'step',
        source: edge.from,
        sourceHandle: port,
        target: edge.to,
        targetHandle: ENTRANCE,
        selected: id === selectedEdge,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: 'var(--line-control)' },
        className: [wrong.has(id) && 'has-problem', goesBack && 'leads-back', isDead && 'was-not-taken']
          .filter(Boolean)
          .join(' '),
        ariaLabel: `Connection ${edgeWords(graph, edge)}${goesBack ? ', next round' : ''}`,
        data: {
          label: port === DEFAULT_PORT ? '' : port,
          lane: laneOf(edge, graph, kindOf),
          passBelow: goesBack ? lowestBetween(graph, edge, kindOf) : null,
        },
      },
    ];
  });
}

/** The lower edge of the lowest node that stands between the two ends of an edge. */
function lowestBetween(graph: Graph, edge: Graph['edges'][number], kindOf: FlowLooks['kindOf']): number {
  const ends = [findNode(graph, edge.from)?.position?.x ?? 0, findNode(graph, edge.to)?.position?.x ?? 0];
  const [left, right] = [Math.min(...ends), Math.max(...ends)];
  const bottoms = graph.nodes.flatMap((node) => {
    const { x, y } = node.position ?? { x: 0, y: 0 };
    if (x + NODE_WIDTH < left || x > right + NODE_WIDTH) return [];
    return [y + nodeHeight(nodePorts(node, kindOf(node.kind), graph))];
  });
  return Math.max(0, ...bottoms);
}

function laneOf(edge: Graph['edges'][number], graph: Graph, kindOf: FlowLooks['kindOf']): number {
  const node = findNode(graph, edge.from);
  const ports = node ? nodePorts(node, kindOf(node.kind), graph).filter((port) => port.role !== 'error') : [];
  const index = ports.findIndex((port) => port.name === portOf(edge));
  return ports.length < 2 || index === -1 ? 0 : (2 * index) / (ports.length - 1) - 1;
}

export function problemWords(count: number): string {
  return count === 1 ? '1 problem' : `${count} problems`;
}
