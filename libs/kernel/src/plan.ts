import { DEFAULT_PORT, ERROR_PORT, type Graph, type GraphNode, type RetryPolicy } from './graph.js';
import type { NodeKindRegistry } from './node-kind-registry.js';
import type { CompiledNode, InputCheck } from './node-kind.js';
import type { Problem } from './problem.js';
import { validateGraph } from './validate/validate-graph.js';

/** A graph made ready to run: parsed once, immutable, shared by any number of runs. */
export interface Plan {
  /** In the order of the graph. */
  readonly nodes: readonly PlanNode[];
  readonly start: PlanNode;
  readonly checkInput: InputCheck;
}

/** One thing to be run at one path: a node of the plan, or a step that a node makes below its own. */
export interface StepSpec {
  /** Address of the step in its run. */
  readonly path: string;
  readonly nodeId: string;
  readonly kind: string;
  readonly name?: string;
  readonly isEffectful: boolean;
  readonly run: CompiledNode;
  readonly retry?: RetryPolicy;
  readonly timeoutMs?: number;
}

export interface PlanNode extends StepSpec {
  /** Position in {@link Plan.nodes}. */
  readonly index: number;
  readonly id: string;
  /** Its output is the output of the run. */
  readonly isOutput: boolean;
  readonly edges: readonly PlanEdge[];
  /** How many edges lead here. */
  readonly incoming: number;
  /** Whether a failure has a way to go on. */
  readonly handlesErrors: boolean;
}

export interface PlanEdge {
  readonly port: string;
  /** Position of the node that it leads to. */
  readonly target: number;
}

/** A graph with problems was to be compiled: whoever stores graphs should have validated it. */
export class InvalidGraphError extends Error {
  override readonly name = 'InvalidGraphError';

  constructor(readonly problems: readonly Problem[]) {
    super(`The graph cannot run: ${problems[0]?.message ?? 'it has problems'}`);
  }
}

/** @throws InvalidGraphError */
export function compilePlan(document: Graph, registry: NodeKindRegistry): Plan {
  const { graph, problems } = validateGraph(document, registry);
  if (graph === undefined) throw new InvalidGraphError(problems);
  const indexById = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const edgesByNode = graph.nodes.map((): PlanEdge[] => []);
  const incoming = graph.nodes.map(() => 0);
  for (const { from, to, port = DEFAULT_PORT } of graph.edges) {
    const target = indexById.get(to) as number;
    edgesByNode[indexById.get(from) as number]?.push({ port, target });
    incoming[target] = (incoming[target] as number) + 1;
  }
  const nodes = graph.nodes.map((node, index) =>
    compileNode(node, index, registry, edgesByNode[index] as PlanEdge[], incoming[index] as number),
  );
  const entrance = graph.nodes.findIndex(({ kind }) => registry.find(kind)?.acceptInput !== undefined);
  const checkInput = registry.find(graph.nodes[entrance]?.kind ?? '')?.acceptInput?.(graph.nodes[entrance]?.config);
  return { nodes, start: nodes[entrance] as PlanNode, checkInput: checkInput as InputCheck };
}

/** What is wrong with the input of a run, with pointers under `/input`. Empty when the run may start. */
export function validateInput(plan: Plan, input: unknown): readonly Problem[] {
  return plan.checkInput(input);
}

function compileNode(
  node: GraphNode,
  index: number,
  registry: NodeKindRegistry,
  edges: readonly PlanEdge[],
  incoming: number,
): PlanNode {
  const kind = registry.find(node.kind);
  if (kind === undefined) throw new TypeError(`No kind “${node.kind}” in the registry that validated it`);
  const { id, name, retry, timeoutMs } = node;
  return {
    index,
    id,
    path: id,
    nodeId: id,
    kind: node.kind,
    ...(name !== undefined && { name }),
    isEffectful: kind.effect === 'effectful',
    isOutput: kind.ports(node.config).length === 0,
    run: kind.compile(node.config, node),
    ...(retry !== undefined && { retry }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    edges,
    incoming,
    handlesErrors: edges.some(({ port }) => port === ERROR_PORT),
  };
}
