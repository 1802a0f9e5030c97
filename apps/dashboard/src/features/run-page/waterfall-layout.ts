import {
  openWait,
  type ExecutionTimeline,
  type StepAttempt,
  type TimelineStep,
} from '@/shared/live/execution-timeline';
import { waitedFor } from '@/shared/waits/wait-words';
import { stepLabel } from './step-label';
import { nested, type ChildCounts } from './waterfall-tree';

/** One try of a step on the time axis. Milliseconds since the run's first start. */
export interface WaterfallBar {
  fromMs: number;
  /** Null while it runs. */
  toMs: number | null;
  outcome: StepAttempt['outcome'];
  try: number;
  executionAttempt: number;
  errorCode: string | null;
}

/** The wait between a failed try and the next one. */
export interface WaterfallPause {
  fromMs: number;
  toMs: number;
}

/** A time in which the step held no worker, because it waited for something outside. */
export interface WaterfallWait {
  fromMs: number;
  /** Null while it lasts. */
  toMs: number | null;
  title: string;
  kind: string;
}

export interface WaterfallRow {
  path: string;
  label: string;
  kind: string;
  /** What its node is called; null when it has no name. */
  nodeName: string | null;
  /** Sums up the rounds of a loop: no step of its own. */
  isGroup: boolean;
  /** The visit that ends a loop: no round. */
  endsLoop: boolean;
  /** 0 for nodes of the graph, more for what runs inside of them. */
  depth: number;
  /** Path of the row above. */
  parent: string | null;
  /** Null for a row with nothing below it. */
  below: ChildCounts | null;
  /** As StatusMark takes it; `waiting` between two tries. */
  status: string;
  waitsFor?: string;
  bars: readonly WaterfallBar[];
  pauses: readonly WaterfallPause[];
  waits: readonly WaterfallWait[];
  /** The run that the step has started and waits for, or has waited for. */
  runId: string | null;
  /** From the first start to the end, waits included; null while it runs. */
  durationMs: number | null;
  /** When it began, RFC 3339. */
  startedAt: string;
  /** Its result comes from an earlier run: it did not run in this one. */
  takenOver: boolean;
}

/** Another process took the run over. */
export interface WaterfallResume {
  atMs: number;
  attempt: number;
}

/** The run could have gone on, and waited for a worker. */
export interface WaterfallQueue {
  fromMs: number;
  toMs: number;
}

export interface Waterfall {
  /** Moment of the first start, milliseconds since 1970; 0 on the axis. */
  originMs: number;
  /** Where the axis ends; null while the run goes on. */
  endMs: number | null;
  rows: readonly WaterfallRow[];
  resumes: readonly WaterfallResume[];
  queues: readonly WaterfallQueue[];
}

export interface WaterfallFrame {
  startedAt: string | null;
  finishedAt: string | null;
  /** Paths of steps whose results were taken over from an earlier run. */
  takenOver: ReadonlySet<string>;
}

/** Given up because nobody needs its result any more: no failure. */
const NOT_NEEDED = 'step.not_needed';

/** Steps never change in place, so a row is laid out once per version of its step, however many events arrive elsewhere. */
const laidOut = new WeakMap<TimelineStep, { originMs: number; row: WaterfallRow }>();

/** Rows in start order, children under their parents, every try as a bar on one axis. */
export function layoutWaterfall(timeline: ExecutionTimeline, frame: WaterfallFrame): Waterfall {
  const steps = [...timeline.steps.values()];
  const ran = steps.filter((step) => !frame.takenOver.has(step.path));
  const originMs = Date.parse(frame.startedAt ?? ran[0]?.startedAt ?? '') || 0;
  const rows = steps.map((step) => (frame.takenOver.has(step.path) ? takenOverRow(step) : rowOf(step, originMs)));
  return {
    originMs,
    endMs: frame.finishedAt === null ? null : endOf(rows, Date.parse(frame.finishedAt) - originMs),
    rows: nested(rows.toSorted((a, b) => Number(b.takenOver) - Number(a.takenOver))),
    resumes: timeline.resumes.map(({ at, attempt }) => ({ atMs: Date.parse(at) - originMs, attempt })),
    queues: timeline.queues.map(({ from, to }) => ({
      fromMs: Math.max(0, Date.parse(from) - originMs),
      toMs: Date.parse(to) - originMs,
    })),
  };
}

function rowOf(step: TimelineStep, originMs: number): WaterfallRow {
  const known = laidOut.get(step);
  if (known?.originMs === originMs) return known.row;
  const last = step.attempts.at(-1);
  const betweenTries = step.status === 'running' && last?.outcome === 'failed';
  const wait = openWait(step.waits);
  const row: WaterfallRow = {
    ...headOf(step),
    status: betweenTries ? 'waiting' : step.error?.code === NOT_NEEDED ? 'not_needed' : step.status,
    ...(betweenTries && { waitsFor: `try ${last.try + 1}` }),
    ...(wait && step.status === 'waiting' && { waitsFor: waitedFor(wait.kind) }),
    bars: step.attempts.map((attempt) => barOf(attempt, originMs)),
    pauses: pausesOf(step, originMs),
    waits: step.waits.map(({ startedAt, finishedAt, title, kind }) => ({
      fromMs: Math.max(0, Date.parse(startedAt) - originMs),
      toMs: finishedAt === null ? null : Date.parse(finishedAt) - originMs,
      title,
      kind,
    })),
    durationMs: step.finishedAt === null ? null : Math.max(0, Date.parse(step.finishedAt) - Date.parse(step.startedAt)),
    takenOver: false,
  };
  laidOut.set(step, { originMs, row });
  return row;
}

function takenOverRow(step: TimelineStep): WaterfallRow {
  return { ...headOf(step), status: step.status, bars: [], pauses: [], waits: [], durationMs: null, takenOver: true };
}

type RowHead = Omit<WaterfallRow, 'status' | 'bars' | 'pauses' | 'waits' | 'durationMs' | 'takenOver'>;

function headOf(step: TimelineStep): RowHead {
  return {
    path: step.path,
    label: stepLabel(step),
    kind: step.kind,
    nodeName: step.name,
    isGroup: false,
    endsLoop: step.kind === 'loop' && step.port === 'done',
    depth: 0,
    parent: null,
    below: null,
    runId: step.waits.findLast(({ runId }) => runId !== null)?.runId ?? null,
    startedAt: step.startedAt,
  };
}

function barOf(attempt: StepAttempt, originMs: number): WaterfallBar {
  const fromMs = Math.max(0, Date.parse(attempt.startedAt) - originMs);
  return {
    fromMs,
    toMs: attempt.finishedAt === null ? null : Math.max(fromMs, Date.parse(attempt.finishedAt) - originMs),
    outcome: attempt.outcome,
    try: attempt.try,
    executionAttempt: attempt.executionAttempt,
    errorCode: attempt.error?.code ?? null,
  };
}

function pausesOf({ attempts, waits }: TimelineStep, originMs: number): WaterfallPause[] {
  return attempts.flatMap((attempt, index) => {
    const next = attempts[index + 1];
    if (attempt.finishedAt === null) return [];
    const { finishedAt } = attempt;
    const fromMs = Date.parse(finishedAt) - originMs;
    // Slept through: that wait has a bar of its own.
    const isSlept = waits.some(({ startedAt }) => startedAt >= finishedAt && (!next || startedAt < next.startedAt));
    if (attempt.waitMs !== null && isSlept) return [];
    if (attempt.waitMs !== null)
      return [{ fromMs, toMs: next ? Date.parse(next.startedAt) - originMs : fromMs + attempt.waitMs }];
    // Laid down because something below it waits: its own waits have bars.
    const isForOthers =
      attempt.outcome === 'parked' && next && !waits.some((wait) => wait.startedAt === attempt.finishedAt);
    return isForOthers ? [{ fromMs, toMs: Date.parse(next.startedAt) - originMs }] : [];
  });
}

function endOf(rows: readonly WaterfallRow[], finishedMs: number): number {
  let endMs = Math.max(1, finishedMs);
  for (const row of rows) endMs = Math.max(endMs, row.bars.at(-1)?.toMs ?? 0);
  return endMs;
}
