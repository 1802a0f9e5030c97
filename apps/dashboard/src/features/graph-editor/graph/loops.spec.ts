import { describe, expect, it } from 'vitest';
import { findConnectProblem, makeEdge } from './edit-edges';
import type { Graph } from './graph';
import { isWayBack, loopBodies, loopDepth, withBodiesTogether } from './loops';
import { inRunningOrder, runsBefore } from './runs-before';

const node = (id: string, kind = 'transform') => ({ id, kind, config: {} });

/** start → again –body→ ask → check, again –done→ out */
function looped(...more: Graph['edges']): Graph {
  return {
    nodes: [node('start', 'start'), node('again', 'loop'), node('out', 'output'), node('ask'), node('check')],
    edges: [
      { from: 'start', to: 'again' },
      { from: 'again', to: 'ask', port: 'body' },
      { from: 'ask', to: 'check' },
      { from: 'again', to: 'out', port: 'done' },
      ...more,
    ],
  };
}

describe('loops in a graph', () => {
  it('have everything behind their body port in their body', () => {
    expect([...(loopBodies(looped()).get('again') ?? [])]).toEqual(['ask', 'check']);
    expect(loopDepth(looped(), 'check')).toBe(1);
    expect(loopDepth(looped(), 'out')).toBe(0);
  });

  it('may be led back to from their body, and from nowhere else', () => {
    const graph = looped();
    expect(findConnectProblem(graph, makeEdge('check', 'again'))).toBeNull();
    expect(isWayBack(graph, { from: 'check', to: 'again' })).toBe(true);
    expect(isWayBack(graph, { from: 'start', to: 'again' })).toBe(false);
    expect(findConnectProblem(graph, makeEdge('check', 'ask'))).toContain('circle');
  });

  it('do not make their body run before itself', () => {
    const graph = looped({ from: 'check', to: 'again' });
    expect([...runsBefore(graph, 'ask')].sort()).toEqual(['again', 'start']);
    expect([...runsBefore(graph, 'out')].sort()).toEqual(['again', 'start']);
  });

  it('stand in the outline with their body right behind them', () => {
    const graph = looped({ from: 'check', to: 'again' });
    const order = withBodiesTogether(graph, inRunningOrder(graph));
    expect(order.map(({ id }) => id)).toEqual(['start', 'again', 'ask', 'check', 'out']);
  });
});
