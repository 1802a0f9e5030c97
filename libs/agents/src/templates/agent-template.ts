import type { Graph } from '#kernel';

/** An agent that is useful as it is, and runs on a fresh machine without any key. */
export interface AgentTemplate {
  /** Its name in addresses; never changes. */
  readonly slug: string;
  readonly name: string;
  /** One or two sentences for the gallery. */
  readonly description: string;
  readonly graph: Graph;
  /** What to try it with; satisfies the start node's schema. */
  readonly sampleInput: unknown;
}
