import type { Execution, ExecutionEvent, ExecutionStep, Failure, Usage } from '@/shared/api/generated/schema';
import { closeStep, foldStep, newStep, stepOfRow, type TimelineStep } from './timeline-step';

export type { StepAttempt, TimelineStep } from './timeline-step';

export interface TimelineLog {
  seq: number;
  at: string;
  level: string;
  message: string;
  path: string | null;
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
  logs: readonly TimelineLog[];
  events: readonly ExecutionEvent[];
  output: unknown;
  error: Failure | null;
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
    logs: [],
    events: [],
    output: undefined,
    error: null,
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
    steps.set(row.path, known ? { ...known, input: row.input } : stepOfRow(row, timeline.attempt));
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
    return { ...timeline, agentId: execution.agentId, version: execution.version };
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
    usage: timeline.usage ?? execution.usage,
  };
}

type Draft = { -readonly [Key in keyof ExecutionTimeline]: ExecutionTimeline[Key] } & {
  steps: Map<string, TimelineStep>;
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
      closeRunningSteps(run, event.at, 'interrupted');
      return;
    case 'execution-end':
      run.status = String(data.status);
      run.finishedAt = event.at;
      run.output = data.output;
      run.error = (data.error as Failure | undefined) ?? null;
      run.usage = (data.usage as Usage | undefined) ?? null;
      closeRunningSteps(run, event.at, 'cancelled');
      return;
    case 'log':
      run.logs.push({ seq: event.seq, at: event.at, level: String(data.level), message: String(data.message), path });
      return;
    default:
      if (path !== null)
        run.steps.set(path, foldStep(run.steps.get(path) ?? newStep(path, event.at), event, run.attempt));
  }
}

function closeRunningSteps(run: Draft, at: string, status: 'interrupted' | 'cancelled'): void {
  for (const [path, step] of run.steps) run.steps.set(path, closeStep(step, at, status));
}
