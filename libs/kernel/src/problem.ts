/** One thing that is wrong with a graph or input, so exact that a form can show it at its field. */
export interface Problem {
  /** JSON pointer (RFC 6901) into the document that was checked, for example `/nodes/2/config/expression`. */
  readonly pointer: string;
  /** Dotted and stable, for example `graph.cycle`. */
  readonly code: string;
  /** What is wrong and how to mend it, naming node and field. */
  readonly message: string;
  /** The node concerned, when there is one. */
  readonly nodeId?: string;
}
