import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { executionsGet } from '@/shared/api/generated/operations';
import type { Execution, ExecutionStep } from '@/shared/api/generated/schema';
import { allStepsQuery, executionQuery, stepQuery } from '@/shared/api/queries';
import { applyExecution, applyStepRows, type ExecutionTimeline } from '@/shared/live/execution-timeline';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { noteServerDate } from './server-clock';

export interface Run {
  /** Undefined until it was read. */
  row: Execution | undefined;
  /** Why the row could not be read. */
  rowError: unknown;
  retryRow: () => void;
  /** Events and rows together. */
  timeline: ExecutionTimeline;
  startedAt: string | null;
  finishedAt: string | null;
  /** Paths of steps whose results were taken over from an earlier run. */
  takenOver: ReadonlySet<string>;
  /** What only the rows of steps know: inputs. */
  stepRows: ReadonlyMap<string, ExecutionStep>;
  stepRowsPending: boolean;
  stepRowsError: unknown;
}

const WAITS_AT_MOST_EVERY_MS = 700;

const NO_PATHS: ReadonlySet<string> = new Set();

/** Brings a run's row, its event log and, where they are needed, the rows of its steps together. */
export function useRun(executionId: string, live: LiveTimeline, selectedPath: string | undefined): Run {
  const rowQuery = useQuery({
    ...executionQuery(executionId),
    queryFn: ({ signal }) => executionsGet({ id: executionId }, { signal, onHeaders: noteServerDate }),
  });
  const row = rowQuery.data;
  useRefetchWhenStatusChanges(live.timeline.status, rowQuery.refetch);
  useRefetchWhenWaitsChange(live.timeline.waitChanges, rowQuery.refetch);

  const eventsAreGone = live.connection === 'ended' && live.timeline.events.length === 0;
  const allWanted = eventsAreGone || (row?.retryOf ?? null) !== null;
  const allQuery = useQuery({ ...allStepsQuery(executionId), enabled: allWanted });
  const oneQuery = useQuery({ ...stepQuery(executionId, selectedPath ?? ''), enabled: selectedPath !== undefined });
  const stepRows = useMemo(() => {
    const rows = new Map((allQuery.data ?? []).map((step) => [step.path, step]));
    if (oneQuery.data) rows.set(oneQuery.data.path, oneQuery.data);
    return rows;
  }, [allQuery.data, oneQuery.data]);
  useRefetchWhenStepEnds(live.timeline, selectedPath, oneQuery.data, oneQuery.refetch);

  const takenOver = useMemo(() => takenOverBy(row, stepRows), [row, stepRows]);
  const timeline = useMemo(() => {
    const extra = [...stepRows.values()].filter(
      ({ path }) => (eventsAreGone || takenOver.has(path)) && !live.timeline.steps.has(path),
    );
    const withRows = extra.length === 0 ? live.timeline : applyStepRows(live.timeline, extra);
    return row ? applyExecution(withRows, row) : withRows;
  }, [live.timeline, row, stepRows, takenOver, eventsAreGone]);

  return {
    row,
    rowError: rowQuery.error,
    retryRow: () => void rowQuery.refetch(),
    timeline,
    startedAt: timeline.startedAt,
    finishedAt: timeline.finishedAt ?? row?.finishedAt ?? null,
    takenOver,
    stepRows,
    stepRowsPending: selectedPath !== undefined && oneQuery.isPending,
    stepRowsError: oneQuery.error,
  };
}

/** The row says things that no event does (queue time, cancel requests, the output as kept). */
function useRefetchWhenStatusChanges(status: string, refetch: () => unknown): void {
  const last = useRef(status);
  useEffect(() => {
    if (last.current === status) return;
    last.current = status;
    void refetch();
  }, [status, refetch]);
}

/** The row says what is asked and by which form. A map of many waits changes them all the time: the row is read now and then. */
function useRefetchWhenWaitsChange(changes: number, refetch: () => unknown): void {
  const seen = useRef(0);
  const planned = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    if (changes === seen.current) return;
    planned.current ??= setTimeout(() => {
      planned.current = undefined;
      void refetch();
    }, WAITS_AT_MOST_EVERY_MS);
    seen.current = changes;
  }, [changes, refetch]);
  useEffect(() => () => clearTimeout(planned.current), []);
}

/** A step's input is kept with its result: it can be read once the step has ended. */
function useRefetchWhenStepEnds(
  timeline: ExecutionTimeline,
  path: string | undefined,
  row: ExecutionStep | null | undefined,
  refetch: () => unknown,
): void {
  const asked = useRef('');
  const endedAt = path === undefined ? null : (timeline.steps.get(path)?.finishedAt ?? null);
  const isMissing = path !== undefined && row !== undefined && (row?.finishedAt ?? null) === null;
  useEffect(() => {
    const question = `${path} ${endedAt}`;
    if (endedAt === null || !isMissing || asked.current === question) return;
    asked.current = question;
    void refetch();
  }, [path, endedAt, isMissing, refetch]);
}

function takenOverBy(row: Execution | undefined, steps: ReadonlyMap<string, ExecutionStep>): ReadonlySet<string> {
  if (!row?.retryOf) return NO_PATHS;
  const createdMs = Date.parse(row.createdAt);
  const paths = [...steps.values()].filter(
    ({ finishedAt }) => finishedAt !== null && Date.parse(finishedAt) <= createdMs,
  );
  return new Set(paths.map(({ path }) => path));
}
