import { compileExpression } from '../expression/expression.js';
import { ExpressionSyntaxError } from '../expression/expression-error.js';
import { GRAPH_LIMITS } from '../graph-limits.js';
import type { GraphNode } from '../graph.js';
import { pointer } from '../json/json-pointer.js';
import type { NodeKindRegistry } from '../node-kind-registry.js';
import { type InnerNode, mayBeInner, type NodeKind, type Source } from '../node-kind.js';
import type { Problem } from '../problem.js';
import { compileTemplate, TemplateSyntaxError } from '../template/template.js';
import type { CheckedNode, StepReference } from './checked-node.js';
import { nodeSchema } from './graph-schema.js';
import { isReservedId } from './node-id.js';
import { nearestName } from './nearest-name.js';
import { nulCharacterProblem } from './nul-character.js';
import { problemsFromZod, type Place } from './zod-problems.js';

export interface NodeCheck {
  /** Absent when the node is so malformed that it cannot take part in the graph. */
  readonly checked?: CheckedNode;
  readonly problems: readonly Problem[];
}

/** Everything about one node that can be said without looking at the others. */
export function checkNode(document: unknown, index: number, registry: NodeKindRegistry): NodeCheck {
  const place = { pointer: pointer('nodes', index), ...nameOf(document, index) };
  const parsed = nodeSchema.safeParse(document);
  if (!parsed.success) return { problems: problemsFromZod(parsed.error, document, place) };
  const node = parsed.data as GraphNode;
  if (isReservedId(node.id)) {
    const message = `The node id “${node.id}” is reserved: choose another one.`;
    return { problems: [{ pointer: `${place.pointer}/id`, code: 'graph.reserved_id', message, nodeId: node.id }] };
  }
  const nameProblem = nulCharacterProblem(node.name, `The name of node “${node.id}”`, `${place.pointer}/name`, node.id);
  const { checked, problems } = checkKind(node, index, registry, place);
  return { checked, problems: [...(nameProblem === undefined ? [] : [nameProblem]), ...problems] };
}

function checkKind(node: GraphNode, index: number, registry: NodeKindRegistry, place: InnerPlace): NodeCheck {
  const kind = registry.find(node.kind);
  if (kind === undefined)
    return { checked: { index, node, references: [] }, problems: [unknownKind(node, registry, place)] };

  const config = kind.configSchema.safeParse(node.config);
  if (!config.success) {
    const problems = problemsFromZod(config.error, node.config, { ...place, pointer: `${place.pointer}/config` });
    return { checked: { index, node, kind, references: [] }, problems };
  }
  const sources = checkSources(kind, config.data, node, place.pointer);
  const own = (kind.check?.(config.data) ?? []).map((problem) => ({
    ...problem,
    pointer: place.pointer + problem.pointer,
    message: `${place.subject}: ${problem.message}`,
    nodeId: node.id,
  }));
  const inner = (kind.innerNodes?.(config.data) ?? []).map((each) =>
    checkInnerNode(each, node, index, registry, place),
  );
  return {
    checked: {
      index,
      node,
      kind,
      config: { value: config.data },
      references: [...sources.references, ...inner.flatMap(({ checked }) => checked?.references ?? [])],
    },
    problems: [
      ...sources.problems,
      ...own,
      ...portProblems(kind, config.data, node, place),
      ...inner.flatMap(({ problems }) => problems),
    ],
  };
}

/** An inner node is checked like a node of the graph, at its place in the configuration of the outer one. */
function checkInnerNode(
  { pointer: at, ...inner }: InnerNode,
  { id }: GraphNode,
  index: number,
  registry: NodeKindRegistry,
  outer: InnerPlace,
): NodeCheck {
  const depth = (outer.innerDepth ?? 0) + 1;
  const place = {
    pointer: outer.pointer + at,
    subject: `${outer.subject}: the inner node of kind “${inner.kind.slice(0, 64)}”`,
    nodeId: id,
    innerDepth: depth,
  };
  const kind = registry.find(inner.kind);
  if (kind !== undefined && !mayBeInner(kind)) {
    const message = `${place.subject} cannot stand inside another node, because it means nothing without edges: choose another kind.`;
    return { problems: [{ pointer: `${place.pointer}/kind`, code: 'graph.kind_not_inner', message, nodeId: id }] };
  }
  if (depth > GRAPH_LIMITS.innerDepth) {
    const message = `${place.subject} is the ${depth}th inside one another, and at most ${GRAPH_LIMITS.innerDepth} are allowed: move it into a sub-agent.`;
    return { problems: [{ pointer: place.pointer, code: 'graph.inner_too_deep', message, nodeId: id }] };
  }
  return checkKind({ ...inner, id }, index, registry, place);
}

/** Where a node stands, and how deep in the configurations of others. */
interface InnerPlace extends Place {
  readonly innerDepth?: number;
}

function portProblems(kind: NodeKind, config: unknown, { id }: GraphNode, place: Place): readonly Problem[] {
  const problems = kind
    .ports(config)
    .map((port) => nulCharacterProblem(port, `A port of node “${id}”`, `${place.pointer}/config`, id));
  return problems.filter((problem) => problem !== undefined);
}

function checkSources(
  kind: NodeKind,
  config: unknown,
  node: GraphNode,
  base: string,
): { references: readonly StepReference[]; problems: readonly Problem[] } {
  const references: StepReference[] = [];
  const problems: Problem[] = [];
  for (const source of kind.sources?.(config) ?? []) {
    const at = base + source.pointer;
    try {
      const { stepIds } =
        source.language === 'expression' ? compileExpression(source.text) : compileTemplate(source.text);
      const { language, seesBody } = source;
      references.push(...stepIds.map((stepId) => ({ stepId, pointer: at, language, ...(seesBody && { seesBody }) })));
    } catch (error) {
      problems.push(syntaxProblem(error, source, node, at));
    }
  }
  return { references, problems };
}

function syntaxProblem(error: unknown, source: Source, node: GraphNode, at: string): Problem {
  const field = source.pointer.split('/').slice(2).join('.');
  const isKnown = error instanceof ExpressionSyntaxError || error instanceof TemplateSyntaxError;
  const reason = isKnown ? error.message : 'it cannot be read';
  const position = error instanceof ExpressionSyntaxError ? error.position : undefined;
  const place = position === undefined ? '' : ` (at character ${position + 1})`;
  return {
    pointer: at,
    code: `${source.language}.syntax`,
    message: `Node “${node.id}”: the ${source.language} in “${field}” does not parse: ${reason}${place}.`,
    nodeId: node.id,
  };
}

function unknownKind(node: GraphNode, registry: NodeKindRegistry, place: Place): Problem {
  const kinds = registry.list().map(({ kind }) => kind);
  const nearest = nearestName(node.kind, kinds);
  const advice = nearest === undefined ? `known kinds are ${kinds.join(', ')}` : `did you mean “${nearest}”?`;
  return {
    pointer: `${place.pointer}/kind`,
    code: 'graph.unknown_kind',
    message: `${place.subject} is of the unknown kind “${node.kind.slice(0, 64)}”: ${advice}${advice.endsWith('?') ? '' : '.'}`,
    nodeId: node.id,
  };
}

function nameOf(document: unknown, index: number): { subject: string; nodeId?: string } {
  const id = typeof document === 'object' && document !== null && 'id' in document ? document.id : undefined;
  if (typeof id !== 'string' || id.length > 64) return { subject: `Node number ${index + 1}` };
  return { subject: `Node “${id}”`, nodeId: id };
}
