/** Everything that the event log can say; data shapes are in docs/architecture.md. */
export type ExecutionEventType =
  | 'execution-start'
  | 'execution-resume'
  | 'step-start'
  | 'text-delta'
  | 'step-retry'
  | 'step-end'
  | 'budget-hold'
  | 'wait-start'
  | 'wait-end'
  | 'log'
  | 'execution-end';

/** The envelope, the same on socket, SSE, poll and in the log. */
export interface EventEnvelope {
  readonly executionId: string;
  /** From 1, without gap. */
  readonly seq: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly type: ExecutionEventType;
  readonly stepId?: string;
  readonly data: unknown;
}

/** The last event of every run. */
export const TERMINAL_EVENT: ExecutionEventType = 'execution-end';

/** Consecutive events as one commit wrote them. */
export interface EventChunk {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly events: readonly EventEnvelope[];
}

/** Name of the live channel of one run. */
export function executionChannel(executionId: string): string {
  return `execution:${executionId}`;
}

/** Name of the live channel on which an organisation's run changes are announced. */
export function orgChannel(orgId: string): string {
  return `org-executions:${orgId}`;
}
