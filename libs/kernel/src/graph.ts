/** An agent as it is drawn, stored and exported. Shape: `design` api contract, "Agents". */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphNode {
  /** Unique in the graph; `steps.<id>` in expressions. Letters, digits, `_` and `-`, at most 64, first a letter. */
  readonly id: string;
  /** Name of a registered {@link NodeKind}, for example `llm`. */
  readonly kind: string;
  /** What people read on the canvas; the id when absent. */
  readonly name?: string;
  /** Checked against the kind's own schema. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly retry?: RetryPolicy;
  /** Limit for one attempt of this node, in milliseconds. */
  readonly timeoutMs?: number;
  /** Where the node stands on the canvas, in pixels. Means nothing to a run. */
  readonly position?: { readonly x: number; readonly y: number };
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The output port it leaves by; `out` when absent. Every node that can fail also has `error`. */
  readonly port?: string;
}

export interface RetryPolicy {
  /** All attempts together, the first included: 1 means no retry. */
  readonly maxAttempts: number;
  /** Wait before the second attempt; doubles each time, with jitter, at most 60 s. */
  readonly backoffMs?: number;
  /**
   * Only errors whose code is one of these or begins with one of them (`http`, `http.status`, `provider.`) are tried
   * again. Errors for which trying again cannot help never are.
   */
  readonly on?: readonly string[];
}

/** The port that an edge takes when it names none. */
export const DEFAULT_PORT = 'out';

/** The port by which a failed node continues instead of ending the run. */
export const ERROR_PORT = 'error';
