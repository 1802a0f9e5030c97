import { describe, expect, it } from 'vitest';
import { applyEvents, emptyTimeline } from '@/shared/live/execution-timeline';
import { graphStates } from './graph-states';
import { EXECUTION_ID, scriptOf } from './script.fixture';

function statesOf(lines: Parameters<typeof scriptOf>[0]) {
  return graphStates(applyEvents(emptyTimeline(EXECUTION_ID), scriptOf(lines)).steps.values());
}

describe('what the drawing says about a node', () => {
  it('is what its latest round did, and how often it ran', () => {
    const states = statesOf([
      [0, 'step-start', 'again/0', { kind: 'loop', nodeId: 'again', try: 1 }],
      [1, 'step-end', 'again/0', { status: 'succeeded', port: 'body', tries: 1 }],
      [2, 'step-start', 'again/0/ask', { kind: 'llm', nodeId: 'ask', try: 1 }],
      [3, 'step-end', 'again/0/ask', { status: 'succeeded', port: 'out', tries: 1 }],
      [4, 'step-start', 'again/1', { kind: 'loop', nodeId: 'again', try: 1 }],
      [5, 'step-end', 'again/1', { status: 'succeeded', port: 'body', tries: 1 }],
      [6, 'step-start', 'again/1/ask', { kind: 'llm', nodeId: 'ask', try: 1 }],
    ]);
    expect(states.again).toMatchObject({ runs: 2, path: 'again/1' });
    expect(states.ask).toMatchObject({ runs: 2, path: 'again/1/ask', status: 'running' });
  });

  it('does not count the visit that ends a loop as a round', () => {
    const states = statesOf([
      [0, 'step-start', 'again/0', { kind: 'loop', nodeId: 'again', try: 1 }],
      [1, 'step-end', 'again/0', { status: 'succeeded', port: 'body', tries: 1 }],
      [2, 'step-start', 'again/1', { kind: 'loop', nodeId: 'again', try: 1 }],
      [3, 'step-end', 'again/1', { status: 'succeeded', port: 'done', tries: 1 }],
    ]);
    expect(states.again).toMatchObject({ runs: 1, status: 'succeeded' });
  });

  it('counts what runs inside of it without letting that speak for it', () => {
    const states = statesOf([
      [0, 'step-start', 'each', { kind: 'map', try: 1 }],
      [1, 'step-start', 'each/0', { kind: 'http', nodeId: 'each', try: 1 }],
      [2, 'step-end', 'each/0', { status: 'failed', port: 'error', tries: 1 }],
      [3, 'step-start', 'each/1', { kind: 'http', nodeId: 'each', try: 1 }],
    ]);
    expect(states.each).toMatchObject({ status: 'running', inner: { all: 2, ended: 1, failed: 1 } });
  });
});
