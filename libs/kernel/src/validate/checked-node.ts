import type { GraphNode } from '../graph.js';
import type { NodeKind } from '../node-kind.js';

/** A node whose own fields are in order, with what the checks of the graph need to know about it. */
export interface CheckedNode {
  readonly index: number;
  readonly node: GraphNode;
  /** Absent when the kind does not exist: then nothing is known about ports. */
  readonly kind?: NodeKind;
  /** Parsed configuration; absent when it does not fit its schema. */
  readonly config?: { readonly value: unknown };
  readonly references: readonly StepReference[];
}

/** A mention of `steps.<id>` in an expression or template of a node. */
export interface StepReference {
  readonly stepId: string;
  /** Into the document. */
  readonly pointer: string;
  readonly language: 'expression' | 'template';
  /** It may be a step of the body of the node, as the iteration before has left it. */
  readonly seesBody?: true;
}
