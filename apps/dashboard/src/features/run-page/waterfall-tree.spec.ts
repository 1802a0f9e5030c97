import { describe, expect, it } from 'vitest';
import { applyEvents, emptyTimeline } from '@/shared/live/execution-timeline';
import { EXECUTION_ID, scriptOf } from './script.fixture';
import { layoutWaterfall } from './waterfall-layout';
import { isFolded, unfolded } from './waterfall-tree';

type Line = Parameters<typeof scriptOf>[0][number];

function rowsOf(lines: readonly Line[]) {
  const timeline = applyEvents(
    emptyTimeline(EXECUTION_ID),
    scriptOf([[0, 'execution-start', null, { attempt: 1 }], ...lines]),
  );
  return layoutWaterfall(timeline, { startedAt: timeline.startedAt, finishedAt: null, takenOver: new Set() }).rows;
}

const NONE = new Map<string, boolean>();

/** A map over so many items, of which the first has failed. */
function aMap(items: number): Line[] {
  return [
    [1, 'step-start', 'each', { kind: 'map', try: 1 }],
    ...Array.from({ length: items }, (_, index): Line[] => [
      [2 + index, 'step-start', `each/${index}`, { kind: 'http', nodeId: 'each', try: 1 }],
      [3 + index, 'step-end', `each/${index}`, { status: index === 0 ? 'failed' : 'succeeded', port: 'out', tries: 1 }],
    ]).flat(),
  ];
}

const LOOP: Line[] = [
  [1, 'step-start', 'again/0', { kind: 'loop', nodeId: 'again', name: 'Until it fits', try: 1 }],
  [2, 'step-end', 'again/0', { status: 'succeeded', port: 'body', tries: 1 }],
  [3, 'step-start', 'again/0/ask', { kind: 'llm', nodeId: 'ask', try: 1 }],
  [8, 'step-end', 'again/0/ask', { status: 'succeeded', port: 'out', tries: 1 }],
  [9, 'step-start', 'again/1', { kind: 'loop', nodeId: 'again', name: 'Until it fits', try: 1 }],
  [10, 'step-end', 'again/1', { status: 'succeeded', port: 'done', tries: 1 }],
];

describe('rows below rows', () => {
  it('are all shown while they are few', () => {
    expect(unfolded(rowsOf(aMap(50)), NONE, undefined)).toHaveLength(51);
  });

  it('are folded away with their counts when they are many', () => {
    const shown = unfolded(rowsOf(aMap(51)), NONE, undefined);
    expect(shown.map(({ path }) => path)).toEqual(['each']);
    expect(shown[0]?.below).toEqual({ all: 51, succeeded: 50, failed: 1, waiting: 0 });
  });

  it('are unfolded by hand, and by a link to one of them', () => {
    const rows = rowsOf(aMap(51));
    expect(unfolded(rows, new Map([['each', false]]), undefined)).toHaveLength(52);
    expect(unfolded(rows, NONE, 'each/7')).toHaveLength(52);
    expect(isFolded(rows[0]!, new Map([['each', true]]), 'each/7')).toBe(true);
  });

  it('of a loop have a row above them that sums the rounds up', () => {
    const rows = rowsOf(LOOP);
    expect(rows.map(({ path, label, depth }) => [path, label, depth])).toEqual([
      ['again', 'Until it fits', 0],
      ['again/0', 'Round 1', 1],
      ['again/0/ask', 'ask', 2],
      ['again/1', 'End of the loop', 1],
    ]);
    expect(rows[0]).toMatchObject({ isGroup: true, status: 'succeeded', bars: [{ fromMs: 1, toMs: 10 }] });
    expect(rows[0]?.below?.all).toBe(1);
    expect(rows[1]).toMatchObject({ bars: [{ fromMs: 1, toMs: 8 }], durationMs: 7 });
  });

  it('stay the same objects while nothing about them changes', () => {
    const timeline = applyEvents(
      emptyTimeline(EXECUTION_ID),
      scriptOf([[0, 'execution-start', null, { attempt: 1 }], ...LOOP]),
    );
    const frame = { startedAt: timeline.startedAt, finishedAt: null, takenOver: new Set<string>() };
    expect(layoutWaterfall(timeline, frame).rows[2]).toBe(layoutWaterfall(timeline, frame).rows[2]);
  });

  it('are laid out ten thousand at a time without ado', () => {
    const rows = rowsOf(aMap(10_000));
    expect(rows).toHaveLength(10_001);
    expect(unfolded(rows, NONE, undefined)).toHaveLength(1);
  });
});
