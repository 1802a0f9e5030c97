import { ERROR_PORT, type Graph, type GraphNode, type RetryPolicy } from './graph.js';
import { compileKitFor } from './compile-kit.js';
import { atOnce, inTurns } from './in-turns.js';
import type { NodeKindRegistry } from './node-kind-registry.js';
import type { CompiledNode, InputCheck, NodeKind } from './node-kind.js';
import { layOutRegions } from './plan-regions.js';
import type { Problem } from './problem.js';
import { validation } from './validate/validate-graph.js';

/** A graph made ready to run: parsed once, immutable, shared by any number of runs. */
export interface Plan {
  /** In the order of the graph. */
  readonly nodes: readonly PlanNode[];
  readonly start: PlanNode;
  /** What is in no loop's body. */
  readonly root: Region;
  readonly checkInput: InputCheck;
}

/** What is walked together: the graph outside all loops, or the body of one loop without the bodies inside it. */
export interface Region {
  /** In the order of the graph. */
  readonly nodes: readonly PlanNode[];
  /** The loop whose body it is. */
  readonly loop?: PlanNode;
  /** How the loop's body is entered. */
  readonly entries: readonly PlanEdge[];
  /** Whether edges lead from the body back to its loop. */
  readonly leadsBack: boolean;
  /** Ids of all nodes in it, those of the bodies inside it included. */
  readonly ids: readonly string[];
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
  /** Those into the own body excepted. */
  readonly edges: readonly PlanEdge[];
  /** How many edges lead here, those back from the own body excepted. */
  readonly incoming: number;
  /** Whether a failure has a way to go on. */
  readonly handlesErrors: boolean;
  /** For a node that brings ways together: whether it waits for all of them. */
  readonly joins?: 'all' | 'first';
  /** Position in the nodes of its region. */
  readonly slot: number;
  /** The region that it repeats, and the port by which it does. */
  readonly body?: Region;
  readonly bodyPort?: string;
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
  return atOnce(compilation(document, registry));
}

/** The same for graphs that may be large: others get their turn in between. */
export function compilePlanInTurns(document: Graph, registry: NodeKindRegistry): Promise<Plan> {
  return inTurns(compilation(document, registry));
}

function* compilation(document: Graph, registry: NodeKindRegistry): Generator<void, Plan> {
  const { graph, problems } = yield* validation(document, registry);
  if (graph === undefined) throw new InvalidGraphError(problems);
  const kinds = graph.nodes.map(({ kind }) => registry.find(kind) as NodeKind);
  const { places, arcsFrom, root, fill } = layOutRegions(graph, kinds);
  const kit = compileKitFor(registry);
  const nodes: PlanNode[] = [];
  for (const [index, node] of graph.nodes.entries()) {
    const kind = kinds[index] as NodeKind;
    const edges = (arcsFrom[index] ?? []).map(({ to, port }) => ({ port, target: to }));
    const joins = kind.joins?.(node.config);
    nodes.push({
      ...specOf(node, kind, kind.compile(node.config, node, kit)),
      index,
      id: node.id,
      isOutput: kind.ports(node.config).length === 0,
      edges,
      handlesErrors: edges.some(({ port }) => port === ERROR_PORT),
      ...(joins !== undefined && { joins }),
      ...(places[index] as (typeof places)[number]),
    });
    yield;
  }
  fill(nodes);
  const entrance = kinds.findIndex((kind) => kind.acceptInput !== undefined);
  const checkInput = kinds[entrance]?.acceptInput?.(graph.nodes[entrance]?.config) as InputCheck;
  return { nodes, start: nodes[entrance] as PlanNode, root, checkInput };
}

/** What is wrong with the input of a run, with pointers under `/input`. Empty when the run may start. */
export function validateInput(plan: Plan, input: unknown): readonly Problem[] {
  return plan.checkInput(input);
}

function specOf({ id, name, retry, timeoutMs }: GraphNode, kind: NodeKind, run: CompiledNode): StepSpec {
  return {
    path: id,
    nodeId: id,
    kind: kind.kind,
    ...(name !== undefined && { name }),
    isEffectful: kind.effect === 'effectful',
    run,
    ...(retry !== undefined && { retry }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
