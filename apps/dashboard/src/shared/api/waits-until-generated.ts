import type { Execution, ExecutionSummary, Permission } from './generated/schema';
import { send, type CallOptions } from './http-client';

/** The part of the API that the generated client does not have yet; replaced by it as soon as it does. */
export type WaitKind = 'timer' | 'approval' | 'event' | 'run' | 'effect';
export type WaitState = 'open' | 'answered' | 'closed' | 'void';

export interface Wait {
  id: string;
  executionId: string;
  agentId: string;
  agentName: string;
  path: string;
  kind: WaitKind;
  title: string;
  payload: unknown;
  payloadHash: string | null;
  form: Record<string, unknown> | null;
  decisions: string[] | null;
  dueAt: string | null;
  state: WaitState;
  answer: { decision: string; data?: unknown } | null;
  answeredBy: string | null;
  createdAt: string;
  answeredAt: string | null;
  runId?: string | null;
  event?: { name: string; correlation?: string } | null;
}

export interface WaitPage {
  data: Wait[];
  nextCursor: string | null;
  hasMore: boolean;
}

export interface WaitsListQuery {
  state?: WaitState;
  kind?: WaitKind[];
  limit?: number;
  cursor?: string;
}

export interface DecideWait {
  decision: string;
  payloadHash: string | null;
  data?: unknown;
}

export interface Blocker {
  kind: 'queue' | 'concurrency' | 'lease' | 'timer' | 'approval' | 'event' | 'run' | 'effect' | 'retry' | 'step' | 'none';
  path?: string;
  waitId?: string;
  runId?: string;
  since: string;
  deadline?: string;
  message: string;
  actions: string[];
}

export interface ExecutionWhy {
  status: string;
  since: string;
  summary: string;
  blockers: Blocker[];
}

export function waitsList(input: { query?: WaitsListQuery }, options?: CallOptions): Promise<WaitPage> {
  return send({ method: 'GET', path: '/api/v1/waits', query: input.query }, options);
}

export function executionsWaits(input: { id: string }, options?: CallOptions): Promise<{ data: Wait[] }> {
  return send({ method: 'GET', path: '/api/v1/executions/{id}/waits', pathParameters: input }, options);
}

export function executionsDecide(
  input: { id: string; waitId: string; body: DecideWait },
  options?: CallOptions,
): Promise<Wait> {
  const { body, ...pathParameters } = input;
  return send({ method: 'POST', path: '/api/v1/executions/{id}/waits/{waitId}', pathParameters, body }, options);
}

export function executionsWhy(input: { id: string }, options?: CallOptions): Promise<ExecutionWhy> {
  return send({ method: 'GET', path: '/api/v1/executions/{id}/why', pathParameters: input }, options);
}

/** The permission that the generated client does not name yet. */
export const DECIDE = 'executions:decide' as Permission;

/** What an execution has besides what the generated client knows. */
export interface ExecutionMore {
  waits?: Wait[];
  parentId?: string | null;
  depth?: number;
  queuedAt?: string | null;
}
export const moreOf = (execution: Execution | undefined): ExecutionMore => (execution ?? {}) as ExecutionMore;

export interface SummaryMore {
  waitingFor?: string | null;
  parentId?: string | null;
}
export const summaryMoreOf = (summary: ExecutionSummary): SummaryMore => summary as SummaryMore;
