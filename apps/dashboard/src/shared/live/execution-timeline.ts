import type { Execution, ExecutionEvent, ExecutionStep, Failure, Usage } from '@/shared/api/generated/schema';
import { closeStep, foldStep, isUnfinished, newStep, park, stepOfRow, type TimelineStep } from './timeline-step';
import { largeOf, type LargeFields } from './large-fields';
import { openWait } from './timeline-wait';

export { triesOf, type StepAttempt, type TimelineStep } from './timeline-step';
export { openWait, type StepWait } from './timeline-wait';

export interface TimelineLog {
  seq: number;
  at: string;
  level: string;
  message: string;
  path: string | null;
}

/** A time in which every step waited, so that no worker had the run. */
export interface Pause {
  from: string;
  to: string;
}

/** Another process went on with the run after its own had vanished. */
export interface Resume {
  at: string;
  attempt: number;
}

/** A run as far as its events were seen. Never changed in place. */
export interface ExecutionTimeline {
  executionId: string;
  /** Everything up to this seq has been folded in, without a hole. Ask for events after it. */
  lastSeq: number;
  /** Came early; folded in once the hole before them is filled. */
  early: ReadonlyMap<number, ExecutionEvent>;
  status: string;
  attempt: number;
  agentId: string | null;
  version: number | null;
  /** By path, in the order of their first start. */
  steps: ReadonlyMap<string, TimelineStep>;
  /** Paths of steps that have begun and not ended. */
  active: ReadonlySet<string>;
  /** How often a wait has begun or ended: when it grows, what the server says about waits is new. */
  waitChanges: number;
  /** Since when every step waits; null while one of them works. */
  parkedAt: string | null;
  /** Earlier times in which every step waited, up to where the run could go on. */
  pauses: readonly Pause[];
  /** Times after the first start in which the run could have gone on and waited for a worker. */
  queues: readonly Pause[];
  /** After a crash; to go on after a wait is none. */
  resumes: readonly Resume[];
  logs: readonly TimelineLog[];
  events: readonly ExecutionEvent[];
  output: unknown;
  error: Failure | null;
  /** Of output and error: what is too large to come along. */
  large: LargeFields;
  usage: Usage | null;
  startedAt: string | null;
  finishedAt: string | null;
}

export function emptyTimeline(executionId: string): ExecutionTimeline {
  return {
    executionId,
    lastSeq: 0,
    early: new Map(),
    status: 'queued',
    attempt: 1,
    agentId: null,
    version: null,
    steps: new Map(),
    active: new Set(),
    waitChanges: 0,
    parkedAt: null,
    pauses: [],
    queues: [],
    resumes: [],
    logs: [],
    events: [],
    output: undefined,
    error: null,
    large: {},
    usage: null,
    startedAt: null,
    finishedAt: null,
  };
}

/** True when an event is missing: fetch everything after `lastSeq`. */
export function hasGap(timeline: ExecutionTimeline): boolean {
  return timeline.early.size > 0;
}

export function hasEnded(timeline: ExecutionTimeline): boolean {
  return timeline.finishedAt !== null;
}

/**
 * Folds events in, in any order and however often they come: doubles are dropped, early ones wait for the hole before them.
 * Answers the same object when nothing changed. One call per batch: a batch copies the maps once.
 */
export function applyEvents(timeline: ExecutionTimeline, incoming: readonly ExecutionEvent[]): ExecutionTimeline {
  const early = new Map(timeline.early);
  let changed = false;
  for (const event of incoming) {
    if (event.seq <= timeline.lastSeq || early.has(event.seq)) continue;
    early.set(event.seq, event);
    changed = true;
  }
  if (!changed) return timeline;
  const ready: ExecutionEvent[] = [];
  for (let seq = timeline.lastSeq + 1; ; seq += 1) {
    const event = early.get(seq);
    if (!event) break;
    early.delete(seq);
    ready.push(event);
  }
  const next = {
    ...timeline,
    early,
    steps: new Map(timeline.steps),
    active: new Set(timeline.active),
    logs: [...timeline.logs],
    events: timeline.events.concat(ready),
    lastSeq: timeline.lastSeq + ready.length,
  };
  for (const event of ready) fold(next, event);
  return next;
}

/** Adds what only the rows know (inputs) and what retention has already taken from the events. Events win where both speak. */
export function applyStepRows(timeline: ExecutionTimeline, rows: readonly ExecutionStep[]): ExecutionTimeline {
  const steps = new Map(timeline.steps);
  for (const row of rows) {
    const known = steps.get(row.path);
    steps.set(
      row.path,
      known
        ? { ...known, input: row.input, large: { ...largeOf(row), ...known.large } }
        : stepOfRow(row, timeline.attempt),
    );
  }
  return { ...timeline, steps };
}

/** Takes the head of the run from its row, for a run whose events have not arrived yet. Never moves a status backwards. */
export function applyExecution(timeline: ExecutionTimeline, execution: Execution): ExecutionTimeline {
  if (
    timeline.lastSeq > 0 &&
    timeline.lastSeq >= execution.lastSeq &&
    !(execution.finishedAt && !timeline.finishedAt)
  ) {
    // That it was answered and waits for a worker is only in the row.
    const isAnswered =
      timeline.status === 'waiting' && execution.status === 'queued' && execution.lastSeq >= timeline.lastSeq;
    const status = isAnswered ? 'queued' : timeline.status;
    return { ...timeline, status, agentId: execution.agentId, version: execution.version };
  }
  return {
    ...timeline,
    agentId: execution.agentId,
    version: execution.version,
    status: execution.status,
    attempt: execution.attempt,
    startedAt: timeline.startedAt ?? execution.startedAt,
    output: timeline.output ?? execution.output,
    error: timeline.error ?? execution.error,
    large: { ...largeOf(execution), ...timeline.large },
    usage: timeline.usage ?? execution.usage,
  };
}

type Draft = { -readonly [Key in keyof ExecutionTimeline]: ExecutionTimeline[Key] } & {
  steps: Map<string, TimelineStep>;
  active: Set<string>;
  logs: TimelineLog[];
};

function fold(run: Draft, event: ExecutionEvent): void {
  const data = event.data;
  const path = event.stepId ?? null;
  switch (event.type) {
    case 'execution-start':
      run.status = 'running';
      run.startedAt ??= event.at;
      run.agentId = (data.agentId as string | undefined) ?? run.agentId;
      run.version = (data.version as number | undefined) ?? run.version;
      run.attempt = (data.attempt as number | undefined) ?? run.attempt;
      return;
    case 'execution-resume':
      run.status = 'running';
      run.startedAt ??= event.at;
      run.attempt = (data.attempt as number | undefined) ?? run.attempt + 1;
      takeUp(run, event.at, typeof data.queuedAt === 'string' ? data.queuedAt : event.at);
      return;
    case 'execution-end':
      run.status = String(data.status);
      run.finishedAt = event.at;
      run.output = data.output;
      run.error = (data.error as Failure | undefined) ?? null;
      run.large = largeOf(data);
      run.usage = (data.usage as Usage | undefined) ?? null;
      endPause(run, event.at);
      for (const path of run.active) change(run, path, (step) => closeStep(step, event.at, 'cancelled'));
      return;
    case 'log':
      run.logs.push({ seq: event.seq, at: event.at, level: String(data.level), message: String(data.message), path });
      return;
    default:
      if (path !== null) foldIntoStep(run, path, event);
  }
}

function foldIntoStep(run: Draft, path: string, event: ExecutionEvent): void {
  const step = foldStep(run.steps.get(path) ?? newStep(path, event.at), event, run.attempt);
  run.steps.set(path, step);
  if (isUnfinished(step)) run.active.add(path);
  else run.active.delete(path);
  if (event.type.startsWith('wait-')) run.waitChanges += 1;
  const works = step.status === 'running';
  if (!works && everyStepWaits(run)) run.parkedAt ??= event.at;
  else endPause(run, event.at);
  run.status = run.parkedAt === null ? 'running' : 'waiting';
}

/** Another attempt goes on: after a pause on purpose with what waited, after a crash with everything unfinished anew. */
function takeUp(run: Draft, at: string, queuedAt: string): void {
  const { parkedAt } = run;
  // The clocks of database and worker may differ a little.
  const from = parkedAt !== null && queuedAt < parkedAt ? parkedAt : queuedAt;
  if (from < at) run.queues = [...run.queues, { from, to: at }];
  for (const path of run.active)
    change(run, path, (step) => (parkedAt === null ? closeStep(step, at, 'interrupted') : park(step, parkedAt)));
  if (parkedAt === null) run.resumes = [...run.resumes, { at, attempt: run.attempt }];
  endPause(run, from < at ? from : at);
}

/** The run works again, or waits for a worker and nothing else. */
function endPause(run: Draft, at: string): void {
  if (run.parkedAt === null) return;
  run.pauses = [...run.pauses, { from: run.parkedAt, to: at }];
  run.parkedAt = null;
}

/** Nothing goes on before an answer comes: every unfinished step waits itself or is there for one below it that does. */
function everyStepWaits(run: Draft): boolean {
  const isWaiting = (path: string) => openWait(run.steps.get(path)?.waits ?? []) !== undefined;
  if (![...run.active].some(isWaiting)) return false;
  const above = new Set<string>();
  for (const path of run.active)
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) above.add(path.slice(0, end));
  return [...run.active].every((path) => isWaiting(path) || above.has(path));
}

function change(run: Draft, path: string, to: (step: TimelineStep) => TimelineStep): void {
  const step = run.steps.get(path);
  if (step) run.steps.set(path, to(step));
}
