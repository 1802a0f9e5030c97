/** Where a run stands. `waiting` holds no worker; the last four are final. */
export const EXECUTION_STATUSES = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'timed_out',
] as const;

export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export type FinalStatus = 'succeeded' | 'failed' | 'cancelled' | 'timed_out';

const FINAL: ReadonlySet<ExecutionStatus> = new Set<FinalStatus>(['succeeded', 'failed', 'cancelled', 'timed_out']);

/** Whether nothing more will happen to the run. */
export function isFinal(status: ExecutionStatus): status is FinalStatus {
  return FINAL.has(status);
}

/** Whether a new run may take over the finished steps and try the rest again. */
export function isRetryable(status: ExecutionStatus): boolean {
  return isFinal(status) && status !== 'succeeded';
}
