import type { ExecutionStatus } from '@/shared/api/generated/schema';
import { oneOf, text } from './search-values';

export const executionStatuses = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
  'timed_out',
] as const satisfies readonly ExecutionStatus[];

/** The filters of a list of runs, as they stand in the address. */
export interface RunsSearch {
  status?: ExecutionStatus;
  agentId?: string;
  /** The schedule or webhook that started them. */
  triggerId?: string;
  /** Days in the reader's zone, `2026-11-21`, both included. */
  from?: string;
  to?: string;
  /** The run that started them. */
  parentId?: string;
  /** Runs that other runs have started are among them. */
  subRuns?: true;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function validateRunsSearch(search: Record<string, unknown>): RunsSearch {
  const day = (value: unknown) => (DAY.test(text(value) ?? '') ? text(value) : undefined);
  return {
    status: oneOf(executionStatuses, search.status),
    agentId: text(search.agentId),
    triggerId: text(search.triggerId),
    parentId: text(search.parentId),
    from: day(search.from),
    to: day(search.to),
    subRuns: search.subRuns === true || undefined,
  };
}
