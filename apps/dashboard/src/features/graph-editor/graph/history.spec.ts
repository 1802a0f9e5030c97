import { describe, expect, it } from 'vitest';
import type { Graph } from './graph';
import { newHistory, reduceHistory, type History } from './history';

const graphOf = (...ids: string[]): Graph => ({
  nodes: ids.map((id) => ({ id, kind: 'transform', config: {} })),
  edges: [],
});

function edit(history: History, graph: Graph, more: { label?: string; mergeKey?: string; at?: number } = {}): History {
  return reduceHistory(history, { type: 'edit', graph, label: 'edit', at: 0, ...more });
}

describe('the history of a graph', () => {
  it('goes back and forth through every edit', () => {
    const [empty, one, two] = [graphOf(), graphOf('a'), graphOf('a', 'b')];
    let history = edit(edit(newHistory(empty), one, { label: 'add a' }), two, { label: 'add b' });
    history = reduceHistory(history, { type: 'undo' });
    expect(history.present).toBe(one);
    history = reduceHistory(reduceHistory(history, { type: 'undo' }), { type: 'undo' });
    expect(history.present).toBe(empty);
    history = reduceHistory(reduceHistory(history, { type: 'redo' }), { type: 'redo' });
    expect(history.present).toBe(two);
    expect(history.past.map((step) => step.label)).toEqual(['add a', 'add b']);
  });

  it('forgets what was undone once something else is done', () => {
    let history = reduceHistory(edit(newHistory(graphOf()), graphOf('a')), { type: 'undo' });
    history = edit(history, graphOf('b'));
    expect(history.future).toEqual([]);
    expect(reduceHistory(history, { type: 'redo' })).toBe(history);
  });

  it('takes the letters of one word as one step', () => {
    let history = newHistory(graphOf());
    history = edit(history, graphOf('a'), { mergeKey: 'name', at: 0 });
    history = edit(history, graphOf('ab'), { mergeKey: 'name', at: 300 });
    history = edit(history, graphOf('abc'), { mergeKey: 'name', at: 900 });
    expect(history.past).toHaveLength(1);
    expect(reduceHistory(history, { type: 'undo' }).present).toEqual(graphOf());
  });

  it('starts a new step after a pause, in another field, and after an undo', () => {
    let history = edit(newHistory(graphOf()), graphOf('a'), { mergeKey: 'name', at: 0 });
    history = edit(history, graphOf('ab'), { mergeKey: 'name', at: 5_000 });
    history = edit(history, graphOf('ab', 'x'), { mergeKey: 'prompt', at: 5_001 });
    expect(history.past).toHaveLength(3);
    history = edit(reduceHistory(history, { type: 'undo' }), graphOf('ab', 'y'), { mergeKey: 'prompt', at: 5_002 });
    expect(history.past).toHaveLength(3);
  });

  it('does not count an edit that changes nothing', () => {
    const history = newHistory(graphOf('a'));
    expect(edit(history, history.present)).toBe(history);
  });

  it('keeps the last two hundred steps', () => {
    let history = newHistory(graphOf());
    for (let number = 0; number < 250; number += 1) history = edit(history, graphOf(`n${number}`));
    expect(history.past).toHaveLength(200);
  });
});
