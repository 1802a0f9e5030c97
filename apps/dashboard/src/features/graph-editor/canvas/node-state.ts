/** What a run says about one node. */
export interface NodeState {
  /** As in StatusMark: `running`, `succeeded`, `failed`, … */
  status: string;
  durationMs?: number;
  /** Attempts made; shown from the second on. */
  tries?: number;
  /** The last value, in a few words. */
  summary?: string;
}
