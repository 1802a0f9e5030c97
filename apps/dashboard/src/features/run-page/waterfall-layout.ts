import type { ExecutionTimeline, StepAttempt, TimelineStep } from '@/shared/live/execution-timeline';

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

export interface WaterfallRow {
  path: string;
  label: string;
  kind: string;
  /** 0 for nodes of the graph, more for what runs inside of them. */
  depth: number;
  /** As StatusMark takes it; `waiting` between two tries. */
  status: string;
  waitsFor?: string;
  bars: readonly WaterfallBar[];
  pauses: readonly WaterfallPause[];
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

export interface Waterfall {
  /** Moment of the first start, milliseconds since 1970; 0 on the axis. */
  originMs: number;
  /** Where the axis ends; null while the run goes on. */
  endMs: number | null;
  rows: readonly WaterfallRow[];
  resumes: readonly WaterfallResume[];
}

export interface WaterfallFrame {
  startedAt: string | null;
  finishedAt: string | null;
  /** Paths of steps whose results were taken over from an earlier run. */
  takenOver: ReadonlySet<string>;
}

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
    resumes: timeline.attempt > 1 ? resumesOf(timeline, originMs) : [],
  };
}

function rowOf(step: TimelineStep, originMs: number): WaterfallRow {
  const known = laidOut.get(step);
  if (known?.originMs === originMs) return known.row;
  const last = step.attempts.at(-1);
  const betweenTries = step.status === 'running' && last?.outcome === 'failed';
  const row: WaterfallRow = {
    ...headOf(step),
    status: betweenTries ? 'waiting' : step.status,
    ...(betweenTries && { waitsFor: `try ${last.try + 1}` }),
    bars: step.attempts.map((attempt) => barOf(attempt, originMs)),
    pauses: pausesOf(step.attempts, originMs),
    durationMs: step.finishedAt === null ? null : Math.max(0, Date.parse(step.finishedAt) - Date.parse(step.startedAt)),
    takenOver: false,
  };
  laidOut.set(step, { originMs, row });
  return row;
}

function takenOverRow(step: TimelineStep): WaterfallRow {
  return { ...headOf(step), status: step.status, bars: [], pauses: [], durationMs: null, takenOver: true };
}

function headOf(step: TimelineStep): Pick<WaterfallRow, 'path' | 'label' | 'kind' | 'depth' | 'startedAt'> {
  const label = step.name ?? step.path.slice(step.path.lastIndexOf('/') + 1);
  return { path: step.path, label, kind: step.kind, depth: depthOf(step.path), startedAt: step.startedAt };
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

function pausesOf(attempts: readonly StepAttempt[], originMs: number): WaterfallPause[] {
  return attempts.flatMap((attempt, index) => {
    if (attempt.waitMs === null || attempt.finishedAt === null) return [];
    const fromMs = Date.parse(attempt.finishedAt) - originMs;
    const next = attempts[index + 1];
    return [{ fromMs, toMs: next ? Date.parse(next.startedAt) - originMs : fromMs + attempt.waitMs }];
  });
}

function resumesOf(timeline: ExecutionTimeline, originMs: number): WaterfallResume[] {
  return timeline.events
    .filter((event) => event.type === 'execution-resume')
    .map((event, index) => ({
      atMs: Date.parse(event.at) - originMs,
      attempt: typeof event.data.attempt === 'number' ? event.data.attempt : index + 2,
    }));
}

function endOf(rows: readonly WaterfallRow[], finishedMs: number): number {
  let endMs = Math.max(1, finishedMs);
  for (const row of rows) endMs = Math.max(endMs, row.bars.at(-1)?.toMs ?? 0);
  return endMs;
}

function depthOf(path: string): number {
  return path.split('/').length - 1;
}

/** Steps that run at the same time start interleaved; each one's children still belong under it. */
function nested(rows: readonly WaterfallRow[]): readonly WaterfallRow[] {
  if (rows.every((row) => row.depth === 0)) return rows;
  const paths = new Set(rows.map((row) => row.path));
  const children = new Map<string | null, WaterfallRow[]>();
  for (const row of rows) {
    const parent = parentOf(row.path, paths);
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  const inOrder: WaterfallRow[] = [];
  const visit = (parent: string | null) => {
    for (const row of children.get(parent) ?? []) {
      inOrder.push(row);
      visit(row.path);
    }
  };
  visit(null);
  return inOrder;
}

/** The nearest ancestor that has a row of its own. */
function parentOf(path: string, paths: ReadonlySet<string>): string | null {
  let end = path.lastIndexOf('/');
  while (end > 0) {
    const ancestor = path.slice(0, end);
    if (paths.has(ancestor)) return ancestor;
    end = path.lastIndexOf('/', end - 1);
  }
  return null;
}
