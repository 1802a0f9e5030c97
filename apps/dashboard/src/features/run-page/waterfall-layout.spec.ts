import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { applyEvents, emptyTimeline } from '@/shared/live/execution-timeline';
import { EXECUTION_ID, momentOf, RESUMED_RUN, scriptOf } from './script.fixture';
import { queuedAgainMs, waitedMs } from './waited-ms';
import { layoutWaterfall } from './waterfall-layout';

const NOTHING: ReadonlySet<string> = new Set();

function laidOut(events: readonly ExecutionEvent[], takenOver = NOTHING) {
  const timeline = applyEvents(emptyTimeline(EXECUTION_ID), events);
  return layoutWaterfall(timeline, { startedAt: timeline.startedAt, finishedAt: timeline.finishedAt, takenOver });
}

describe('the waterfall', () => {
  it('has a bar for every try, the interrupted one included', () => {
    const { rows } = laidOut(RESUMED_RUN);
    const sum = rows.find((row) => row.path === 'sum');
    expect(sum?.bars.map(({ fromMs, toMs, outcome }) => [fromMs, toMs, outcome])).toEqual([
      [5, 2000, 'interrupted'],
      [2010, 2200, 'failed'],
      [2700, 3000, 'succeeded'],
    ]);
    expect(sum).toMatchObject({ label: 'Summarise', status: 'succeeded', durationMs: 2995 });
  });

  it('shows the wait between two tries and the moment of the restart', () => {
    const { rows, resumes, endMs } = laidOut(RESUMED_RUN);
    expect(rows[1]?.pauses).toEqual([{ fromMs: 2200, toMs: 2700 }]);
    expect(resumes).toEqual([{ atMs: 2000, attempt: 2 }]);
    expect(endMs).toBe(3010);
  });

  it('leaves the bar of what runs open, and the axis with it', () => {
    const { rows, endMs } = laidOut(RESUMED_RUN.slice(0, 5));
    expect(endMs).toBeNull();
    expect(rows[1]).toMatchObject({ status: 'running', durationMs: null });
    expect(rows[1]?.bars).toMatchObject([{ fromMs: 5, toMs: null, outcome: 'running' }]);
  });

  it('says what a step waits for between two tries', () => {
    const { rows } = laidOut(RESUMED_RUN.slice(0, 8));
    expect(rows[1]).toMatchObject({ status: 'waiting', waitsFor: 'try 2' });
    expect(rows[1]?.pauses).toEqual([{ fromMs: 2200, toMs: 2700 }]);
  });

  it('shows a step that a restart interrupted as starting again', () => {
    expect(laidOut(RESUMED_RUN.slice(0, 6)).rows[1]).toMatchObject({ status: 'interrupted', durationMs: null });
  });

  it('keeps rows in start order and puts what runs inside of a step under it', () => {
    const { rows } = laidOut(
      scriptOf([
        [0, 'execution-start', null, { attempt: 1 }],
        [1, 'step-start', 'a', { kind: 'agent', try: 1 }],
        [2, 'step-start', 'b', { kind: 'agent', try: 1 }],
        [3, 'step-start', 'a/1/model', { kind: 'llm', try: 1 }],
        [4, 'step-start', 'b/1/model', { kind: 'llm', try: 1 }],
        [5, 'step-start', 'a/2/model', { kind: 'llm', try: 1 }],
      ]),
    );
    expect(rows.map((row) => row.path)).toEqual(['a', 'a/1/model', 'a/2/model', 'b', 'b/1/model']);
  });

  it('draws no bars for steps taken over from an earlier run', () => {
    const { rows } = laidOut(RESUMED_RUN, new Set(['start']));
    expect(rows[0]).toMatchObject({ path: 'start', takenOver: true, bars: [], durationMs: null });
  });

  it('lays a row out anew only when its step has changed', () => {
    const before = applyEvents(emptyTimeline(EXECUTION_ID), RESUMED_RUN.slice(0, 5));
    const after = applyEvents(before, RESUMED_RUN.slice(5, 7));
    const frame = { startedAt: before.startedAt, finishedAt: null, takenOver: NOTHING };
    expect(layoutWaterfall(after, frame).rows[0]).toBe(layoutWaterfall(before, frame).rows[0]);
    expect(layoutWaterfall(after, frame).rows[1]).not.toBe(layoutWaterfall(before, frame).rows[1]);
  });

  it('lays out ten thousand steps without ado', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, index) => [index, 'step-start', `step-${index}`, { kind: 'map', try: 1 }] as const,
    );
    const { rows } = laidOut(
      scriptOf([
        [0, 'execution-start', null, { attempt: 1 }],
        ...lines.map((line): Parameters<typeof scriptOf>[0][number] => [...line]),
      ]),
    );
    expect(rows).toHaveLength(10_000);
    expect(rows.at(-1)?.bars[0]?.fromMs).toBe(9999);
  });
});

describe('the waterfall of a run that waits', () => {
  const waited = scriptOf([
    [0, 'execution-start', null, { attempt: 1 }],
    [1, 'step-start', 'ask', { kind: 'approval', try: 1 }],
    [5, 'wait-start', 'ask', { waitId: 'w', kind: 'approval', title: 'Send it?' }],
    [8999, 'execution-resume', null, { attempt: 2 }],
    [8999, 'step-start', 'ask', { kind: 'approval', try: 1 }],
    [9000, 'wait-end', 'ask', { waitId: 'w', kind: 'approval', decision: 'approved' }],
    [9302, 'step-end', 'ask', { status: 'succeeded', port: 'approved', tries: 1 }],
    [9303, 'execution-end', null, { status: 'succeeded' }],
  ]);

  it('has the wait as a bar of its own between the two pieces of work', () => {
    const { rows } = laidOut(waited);
    expect(rows[0]?.waits).toEqual([{ fromMs: 5, toMs: 9000, title: 'Send it?', kind: 'approval' }]);
    expect(rows[0]?.bars.map(({ outcome }) => outcome)).toEqual(['parked', 'succeeded']);
    expect(rows[0]?.pauses).toEqual([]);
  });

  it('tells the time in which it waited for a worker from the time in which it waited for an answer', () => {
    const queued = waited.map((event) =>
      event.type === 'execution-resume' ? { ...event, data: { attempt: 2, queuedAt: momentOf(8000) } } : event,
    );
    expect(laidOut(queued).queues).toEqual([{ fromMs: 8000, toMs: 8999 }]);
    const timeline = applyEvents(emptyTimeline(EXECUTION_ID), queued);
    // Until it could go on, and a last millisecond until the answer came to the step.
    expect(waitedMs(timeline, 0)).toBe(8000 - 5 + 1);
    expect(queuedAgainMs(timeline)).toBe(999);
    expect(laidOut(waited).queues).toEqual([]);
  });

  it('shows a sleep before the next try once, and the try after it as another', () => {
    const error = { code: 'provider.rate_limited', message: 'Later.', retryable: true };
    const { rows } = laidOut(
      scriptOf([
        [0, 'execution-start', null, { attempt: 1 }],
        [1, 'step-start', 'ask', { kind: 'llm', try: 1 }],
        [50, 'step-retry', 'ask', { try: 1, waitMs: 9000, error }],
        [51, 'wait-start', 'ask', { waitId: 'w', kind: 'timer', title: 'Tries again' }],
        [9100, 'execution-resume', null, { attempt: 2 }],
        [9101, 'wait-end', 'ask', { waitId: 'w', kind: 'timer', decision: 'due' }],
        [9101, 'step-start', 'ask', { kind: 'llm', try: 2 }],
        [9200, 'step-end', 'ask', { status: 'succeeded', port: 'out', tries: 2 }],
      ]),
    );
    expect(rows[0]?.bars.map(({ outcome, try: number }) => [outcome, number])).toEqual([
      ['failed', 1],
      ['succeeded', 2],
    ]);
    expect(rows[0]?.pauses).toEqual([]);
    expect(rows[0]?.waits).toMatchObject([{ fromMs: 51, toMs: 9101, kind: 'timer' }]);
  });

  it('calls it no restart to go on after a wait', () => {
    expect(laidOut(waited).resumes).toEqual([]);
  });

  it('says what is waited for while it lasts', () => {
    const { rows } = laidOut(waited.slice(0, 3));
    expect(rows[0]).toMatchObject({ status: 'waiting', waitsFor: 'approval', durationMs: null });
    expect(rows[0]?.waits[0]?.toMs).toBeNull();
  });

  it('shows what nobody needs any more as given up, not as failed', () => {
    const error = { code: 'step.not_needed', message: 'Another one was first.', retryable: false };
    const { rows } = laidOut(
      scriptOf([
        [0, 'execution-start', null, { attempt: 1 }],
        [1, 'step-start', 'slow', { kind: 'http', try: 1 }],
        [2, 'step-end', 'slow', { status: 'failed', port: '', tries: 1, error }],
      ]),
    );
    expect(rows[0]?.status).toBe('not_needed');
  });
});
