import type { ExecutionStatus } from '@/shared/api/generated/schema';

const FINAL: ReadonlySet<string> = new Set<ExecutionStatus>(['succeeded', 'failed', 'cancelled', 'timed_out']);

/** Whether nothing more will happen to the run. */
export function isFinalStatus(status: string): boolean {
  return FINAL.has(status);
}

/** Whether the server lets a new run take over the finished steps and try the rest again. */
export function isRetryableStatus(status: string): boolean {
  return isFinalStatus(status) && status !== 'succeeded';
}

/** Whether it ended in a way that asks for a reason. */
export function hasGoneWrong(status: string): boolean {
  return status === 'failed' || status === 'timed_out';
}
