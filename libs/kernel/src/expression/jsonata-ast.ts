/**
 * The part of JSONata's syntax tree (after its own post-processing, version 2.2) that we read. Its published types
 * describe an older tree.
 */
export interface JsonataNode {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly steps?: readonly JsonataNode[];
  /** Filters on a step of a path. */
  readonly stages?: readonly JsonataStage[];
  /** Filters on anything that is not a step. */
  readonly predicate?: readonly JsonataStage[];
  readonly group?: { readonly lhs: readonly JsonataPair[] };
  readonly lhs?: JsonataNode | readonly JsonataPair[];
  readonly rhs?: JsonataNode;
  readonly expression?: JsonataNode;
  readonly expressions?: readonly JsonataNode[];
  readonly condition?: JsonataNode;
  readonly then?: JsonataNode;
  readonly else?: JsonataNode;
  readonly procedure?: JsonataNode;
  readonly arguments?: readonly JsonataNode[];
  readonly body?: JsonataNode;
  readonly thunk?: boolean;
  readonly signature?: unknown;
  readonly pattern?: JsonataNode;
  readonly update?: JsonataNode;
  readonly delete?: JsonataNode;
  readonly terms?: readonly { readonly expression: JsonataNode }[];
  /** `[]` was written: a single result stays an array. */
  readonly keepArray?: boolean;
  readonly keepSingletonArray?: boolean;
  /** An array constructor whose result is not flattened. */
  readonly consarray?: boolean;
  /** Set when a step binds `@$x`, `#$i` or is looked back at by `%`. */
  readonly tuple?: boolean;
}

export type JsonataPair = readonly [JsonataNode, JsonataNode];

export interface JsonataStage {
  readonly type: string;
  readonly expr: JsonataNode;
}

/** Every node directly below, whatever its role. */
export function childrenOf(node: JsonataNode): JsonataNode[] {
  return [
    ...(node.steps ?? []),
    ...[...(node.stages ?? []), ...(node.predicate ?? [])].flatMap((stage) => stage.expr ?? []),
    ...(node.group?.lhs.flat() ?? []),
    ...(Array.isArray(node.lhs)
      ? (node.lhs as readonly JsonataPair[]).flat()
      : node.lhs
        ? [node.lhs as JsonataNode]
        : []),
    ...[node.rhs, node.expression, node.condition, node.then, node.else, node.procedure, node.body].filter(isNode),
    ...[node.pattern, node.update, node.delete].filter(isNode),
    ...(node.expressions ?? []),
    ...(node.arguments ?? []),
    ...(node.terms ?? []).map((term) => term.expression),
  ];
}

function isNode(node: JsonataNode | undefined): node is JsonataNode {
  return node !== undefined;
}
