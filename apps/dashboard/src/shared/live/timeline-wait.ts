import type { ExecutionEvent } from '@/shared/api/generated/schema';

/** Something that a step waits for, or has waited for, without holding a worker. */
export interface StepWait {
  waitId: string;
  kind: string;
  title: string;
  /** When it answers itself. */
  dueAt: string | null;
  /** The run that is waited for. */
  runId: string | null;
  startedAt: string;
  /** Null while nobody and nothing has answered. */
  finishedAt: string | null;
  decision: string | null;
  by: string | null;
}

/** The wait that a `wait-start` opens. */
export function waitOf({ data, at, seq }: ExecutionEvent): StepWait {
  return {
    waitId: textOf(data.waitId) ?? `seq-${seq}`,
    kind: textOf(data.kind) ?? '',
    title: textOf(data.title) ?? '',
    dueAt: textOf(data.dueAt),
    runId: textOf(data.runId),
    startedAt: at,
    finishedAt: null,
    decision: null,
    by: null,
  };
}

/** The waits of a step after one of them was answered. */
export function answered(waits: readonly StepWait[], { data, at }: ExecutionEvent): readonly StepWait[] {
  return waits.map((wait) =>
    wait.waitId === data.waitId && wait.finishedAt === null
      ? { ...wait, finishedAt: at, decision: textOf(data.decision), by: textOf(data.by) }
      : wait,
  );
}

/** The wait that holds a step, if one does. */
export function openWait(waits: readonly StepWait[]): StepWait | undefined {
  return waits.findLast((wait) => wait.finishedAt === null);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
