/** What a run says about one node. */
export interface NodeState {
  /** As in StatusMark: `running`, `succeeded`, `failed`, … */
  status: string;
  durationMs?: number;
  /** Attempts made; shown from the second on. */
  tries?: number;
  /** The path of the step that speaks for the node: the latest one. */
  path?: string;
  /** How often it ran; shown from the second time on. */
  runs?: number;
  /** Steps inside of it: items of a map, calls of an agent. */
  inner?: { all: number; ended: number; failed: number };
  /** The last value, in a few words. */
  summary?: string;
}
