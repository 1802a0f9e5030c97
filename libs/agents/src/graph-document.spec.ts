import { readGraphDocument } from './graph-document.js';
import { brokenGraph, newGraph } from './testing/graph.factory.js';

/** What reading it is refused with. */
function refusal(value: unknown, parent?: string): unknown {
  try {
    return readGraphDocument(value, parent);
  } catch (error) {
    return error;
  }
}

describe('A graph as somebody sent it', () => {
  it('is taken as it is when it can be drawn, right or wrong', () => {
    for (const graph of [newGraph(), brokenGraph(), { nodes: [], edges: [] }])
      expect(readGraphDocument(graph)).toBe(graph);
  });

  it.each([undefined, null, 'graph', 7, []])('is refused when it is %j', (value) => {
    expect(refusal(value)).toMatchObject({ code: 'agent.not_a_graph', kind: 'invalid' });
  });

  it('names every part that could not be drawn, below the given parent', () => {
    const graph = { nodes: [{ id: 1, kind: 'start', config: [] }], edges: ['x'] };
    const pointers = ['/graph/nodes/0/id', '/graph/nodes/0/config', '/graph/edges/0'];
    expect(refusal(graph, '/graph')).toMatchObject({
      errors: pointers.map((pointer) => ({ pointer })),
    });
  });

  it('is refused when it nests too deep, before anything walks down into it', () => {
    const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown;
    expect(refusal({ nodes: deep, edges: [] })).toMatchObject({
      errors: [expect.objectContaining({ code: 'graph.too_deep' })],
    });
  });

  it('is refused when it is too large', () => {
    expect(refusal(newGraph('ü'.repeat(300_000)))).toMatchObject({ kind: 'too_large' });
  });
});
