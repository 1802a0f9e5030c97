import { describe, expect, it } from 'vitest';
import { openingView } from './opening-view';

function chainOf(count: number) {
  const ids = Array.from({ length: count }, (_none, index) => `n${index}`);
  return {
    nodes: ids.map((id) => ({ id, kind: 'transform', config: {} })),
    edges: ids.slice(1).map((id, index) => ({ from: `n${index}`, to: id })),
  };
}

describe('what the canvas shows first', () => {
  it('is the whole of a small graph, whatever node is chosen', () => {
    expect(openingView(chainOf(5), new Set(['n2'])).nodes).toBeUndefined();
  });

  it('is the whole of a large graph while no node is chosen', () => {
    expect(openingView(chainOf(20), new Set()).nodes).toBeUndefined();
  });

  it('is the chosen node of a large graph among its neighbours', () => {
    expect(openingView(chainOf(20), new Set(['n9'])).nodes).toEqual([{ id: 'n9' }, { id: 'n8' }, { id: 'n10' }]);
  });
});
