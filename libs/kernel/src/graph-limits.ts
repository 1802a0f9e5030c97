/** What a graph may be. Reaching one is a problem in the graph, never a surprise in a run. */
export const GRAPH_LIMITS = {
  nodes: 2_000,
  edges: 10_000,
  /** UTF-8 bytes and levels of the whole document. */
  documentBytes: 4 * 1024 * 1024,
  documentDepth: 60,
  nameLength: 200,
  /** Problems that are told at once. More would help nobody, and a hostile document could have millions. */
  problems: 200,
  maxAttempts: 20,
  maxBackoffMs: 60_000,
  /** Beginnings of error codes that one retry policy may name. */
  retryCodes: 20,
  /** A day: longer waits are for kinds that let the run sleep. */
  maxTimeoutMs: 86_400_000,
  /** What a wait may last: a leap year. */
  maxWaitMs: 366 * 86_400_000,
  loops: 100,
  /** Loops inside one another, and inner nodes inside one another. */
  loopDepth: 4,
  innerDepth: 2,
} as const;
