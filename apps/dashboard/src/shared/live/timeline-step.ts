import type { ExecutionEvent, ExecutionStep, Failure, Usage } from '@/shared/api/generated/schema';
import { largeOf, type LargeFields } from './large-fields';
import { answered, openWait, waitOf, type StepWait } from './timeline-wait';

/**
 * `waiting`: for something outside, or for what runs below it, without a worker; `interrupted`: its worker vanished and
 * the step starts again; `cancelled`: the run ended before the step did.
 */
type StepStatus = 'running' | 'waiting' | 'succeeded' | 'failed' | 'interrupted' | 'cancelled';

/** One try of a step: one bar in the waterfall. */
export interface StepAttempt {
  /** Counts from 1, as the server counts; after a resume the same number can come again. */
  try: number;
  /** Which attempt of the run it belonged to. */
  executionAttempt: number;
  startedAt: string;
  finishedAt: string | null;
  /** `parked`: it stopped on purpose, to wait without a worker. */
  outcome: 'running' | 'succeeded' | 'failed' | 'interrupted' | 'parked' | 'cancelled';
  error: Failure | null;
  /** How long the step waits before its next try, in milliseconds. */
  waitMs: number | null;
}

export interface TimelineStep {
  /** The step path; the node id for plain nodes. */
  path: string;
  nodeId: string;
  kind: string;
  name: string | null;
  status: StepStatus;
  attempts: readonly StepAttempt[];
  /** What it waits for and has waited for, oldest first. */
  waits: readonly StepWait[];
  /** Text streamed by the try that is running, or ran last. */
  text: string;
  port: string | null;
  tries: number;
  /** undefined until the step's row was read: events do not carry inputs. */
  input: unknown;
  output: unknown;
  error: Failure | null;
  /** What is too large to come along, by the name of its field. */
  large: LargeFields;
  usage: Usage | null;
  simulated: boolean;
  startedAt: string;
  finishedAt: string | null;
}

/** What an event makes of a step. Events of other kinds leave it as it is. */
export function foldStep(step: TimelineStep, event: ExecutionEvent, executionAttempt: number): TimelineStep {
  const data = event.data;
  const error = (data.error as Failure | undefined) ?? null;
  switch (event.type) {
    case 'wait-start':
      return park({ ...step, waits: [...step.waits, waitOf(event)] }, event.at);
    case 'wait-end': {
      const waits = answered(step.waits, event);
      if (step.status !== 'waiting' || openWait(waits)) return { ...step, waits };
      // Slept before its next try, which will be announced; otherwise it goes on at once, in the attempt that waited or after it.
      const isBetweenTries = (step.attempts.at(-1)?.waitMs ?? null) !== null;
      const goesOn = isBetweenTries
        ? { ...step, status: 'running' as const }
        : startTry(step, step.tries, executionAttempt, event.at);
      return { ...goesOn, waits };
    }
    case 'step-start': {
      // Taken up again, it comes to the same wait, and goes on when that has ended.
      const started = openWait(step.waits)
        ? step
        : startTry(step, (data.try as number | undefined) ?? step.tries + 1, executionAttempt, event.at);
      return {
        ...started,
        nodeId: (data.nodeId as string | undefined) ?? step.nodeId,
        kind: (data.kind as string | undefined) ?? step.kind,
        name: (data.name as string | undefined) ?? step.name,
      };
    }
    case 'text-delta': {
      const open = withOpenTry(step, executionAttempt, event.at);
      return { ...open, text: open.text + (typeof data.text === 'string' ? data.text : '') };
    }
    case 'step-retry': {
      const open = withOpenTry(step, executionAttempt, event.at);
      return {
        ...open,
        attempts: closeTry(open, event.at, 'failed', error, (data.waitMs as number | undefined) ?? null),
      };
    }
    case 'step-end': {
      const open = withOpenTry(step, executionAttempt, event.at);
      const status = data.status === 'failed' ? 'failed' : 'succeeded';
      return {
        ...open,
        status,
        attempts: closeTry(open, event.at, status, error, null),
        port: (data.port as string | undefined) ?? null,
        tries: (data.tries as number | undefined) ?? open.tries,
        output: data.output,
        error,
        large: largeOf(data),
        usage: (data.usage as Usage | undefined) ?? null,
        simulated: data.simulated === true,
        finishedAt: event.at,
      };
    }
    default:
      return step;
  }
}

/** Whether the step has begun and not ended. */
export function isUnfinished({ status }: TimelineStep): boolean {
  return status === 'running' || status === 'waiting' || status === 'interrupted';
}

/** What becomes of a step that has not finished when its run is taken over by another worker, or ends. Finished ones stay as they are. */
export function closeStep(step: TimelineStep, at: string, status: 'interrupted' | 'cancelled'): TimelineStep {
  if (!isUnfinished(step)) return step;
  if (status === 'interrupted' && step.status === 'waiting') return step;
  return {
    ...step,
    status,
    text: status === 'interrupted' ? '' : step.text,
    attempts: closeTry(step, at, status, null, null),
    waits: step.waits.map((wait) => (wait.finishedAt === null ? { ...wait, finishedAt: at } : wait)),
    finishedAt: status === 'cancelled' ? at : null,
  };
}

/** The worker lets go of an unfinished step on purpose: what it was doing ends here and goes on when its run is taken up again. */
export function park(step: TimelineStep, at: string): TimelineStep {
  if (!isUnfinished(step)) return step;
  return { ...step, status: 'waiting', attempts: closeTry(step, at, 'parked', null, null) };
}

/** How often the step was tried: waiting and going on is not another try. */
export function triesOf({ attempts }: TimelineStep): number {
  return attempts.filter(({ outcome }, index) => index === attempts.length - 1 || outcome !== 'parked').length;
}

/** A step whose events are gone, as far as its row tells. */
export function stepOfRow(row: ExecutionStep, executionAttempt: number): TimelineStep {
  const attempt: StepAttempt = {
    try: row.tries,
    executionAttempt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    outcome: row.status,
    error: row.error,
    waitMs: null,
  };
  return { ...newStep(row.path, row.startedAt), ...row, large: largeOf(row), attempts: [attempt] };
}

/** A step of which nothing is known but that it is there. */
export function newStep(path: string, at: string): TimelineStep {
  return {
    path,
    nodeId: nodeIdOf(path),
    kind: '',
    name: null,
    status: 'running',
    attempts: [],
    waits: [],
    text: '',
    port: null,
    tries: 0,
    input: undefined,
    output: undefined,
    error: null,
    large: {},
    usage: null,
    simulated: false,
    startedAt: at,
    finishedAt: null,
  };
}

function startTry(step: TimelineStep, tryNumber: number, executionAttempt: number, at: string): TimelineStep {
  const attempt: StepAttempt = {
    try: tryNumber,
    executionAttempt,
    startedAt: at,
    finishedAt: null,
    outcome: 'running',
    error: null,
    waitMs: null,
  };
  const attempts = closeTry(step, at, 'interrupted', null, null);
  return {
    ...step,
    status: 'running',
    text: '',
    tries: tryNumber,
    error: null,
    finishedAt: null,
    attempts: [...attempts, attempt],
  };
}

/** A try that the server did not announce (only its text or end arrived) is opened at the moment it shows. */
function withOpenTry(step: TimelineStep, executionAttempt: number, at: string): TimelineStep {
  const last = step.attempts.at(-1);
  if (last?.outcome === 'running') return step;
  return startTry(step, last?.outcome === 'parked' ? step.tries : step.tries + 1, executionAttempt, at);
}

function closeTry(
  step: TimelineStep,
  at: string,
  outcome: StepAttempt['outcome'],
  error: Failure | null,
  waitMs: number | null,
): readonly StepAttempt[] {
  const last = step.attempts.at(-1);
  if (!last || last.outcome !== 'running') return step.attempts;
  return [...step.attempts.slice(0, -1), { ...last, outcome, finishedAt: at, error, waitMs }];
}

/** The node that a path starts with; the event says it where that is not the one. */
function nodeIdOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
