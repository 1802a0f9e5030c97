import type { Wait } from '@/shared/api/generated/schema';

const KINDS: Record<string, string> = {
  timer: 'its time',
  approval: 'approval',
  event: 'an event',
  run: 'another run',
  effect: 'somebody’s word',
  budget: 'money',
};

/** What something waits for, by the kind of its wait: "Waiting for approval". */
export function waitedFor(kind: string): string {
  return KINDS[kind] ?? kind;
}

const DECISIONS: Record<string, string> = {
  approved: 'Approved',
  rejected: 'Rejected',
  happened: 'It happened',
  not_happened: 'It did not happen',
  funded: 'There is money again',
  timeout: 'Nobody decided in time',
  received: 'Received',
  due: 'The time has come',
  succeeded: 'The run succeeded',
  failed: 'The run failed',
  cancelled: 'The run was cancelled',
  timed_out: 'The run took too long',
};

/** What was decided, as an outcome. */
export function decisionWord(decision: string): string {
  return DECISIONS[decision] ?? decision.replaceAll('_', ' ');
}

const VERBS: Record<string, string> = {
  approved: 'Approve',
  rejected: 'Reject',
  happened: 'It happened',
  not_happened: 'It did not happen',
};

/** What a button says that takes a decision. */
export function decisionVerb(decision: string): string {
  return VERBS[decision] ?? decisionWord(decision);
}

/** Decisions that stop or undo what was asked for. */
export function isRefusal(decision: string): boolean {
  return decision === 'rejected' || decision === 'not_happened';
}

/** Whether a person is asked. */
export function asksSomebody({ kind, state }: Pick<Wait, 'kind' | 'state'>): boolean {
  return state === 'open' && (kind === 'approval' || kind === 'effect');
}
