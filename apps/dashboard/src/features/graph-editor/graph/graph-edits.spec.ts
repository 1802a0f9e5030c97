import { describe, expect, it } from 'vitest';
import { kindOfSample, sampleGraph } from '../testing/sample-graph';
import { connect, findConnectProblem, makeEdge, reconnect } from './edit-edges';
import { changeConfig, changeNode, freePlace, insertNode, moveNodes, partOf, removeNodes } from './edit-nodes';
import { edgeKey, findNode } from './graph';
import { findIdProblem, newNodeId } from './new-node-id';
import { fromClipboardText, pasteNodes, toClipboardText } from './paste-nodes';
import { inRunningOrder, runsBefore } from './runs-before';
import { tidyPositions, withPositions } from './tidy';

describe('connecting', () => {
  it('adds an edge, without a port when it leaves by the only one', () => {
    const graph = connect(sampleGraph(), makeEdge('size', 'sum'));
    expect(graph.edges.at(-1)).toEqual({ from: 'size', to: 'sum' });
  });

  it('never adds the same edge twice, however its port is written', () => {
    const graph = sampleGraph();
    expect(connect(graph, { from: 'start', to: 'size', port: 'out' })).toBe(graph);
    expect(findConnectProblem(graph, makeEdge('start', 'size'))).toContain('connected already');
  });

  it('refuses circles, a node itself, and ways into the start', () => {
    const graph = sampleGraph();
    expect(findConnectProblem(graph, makeEdge('sum', 'size'))).toContain('circle');
    expect(findConnectProblem(graph, makeEdge('sum', 'sum'))).toContain('itself');
    expect(findConnectProblem(graph, makeEdge('sum', 'start'))).toContain('where runs begin');
    expect(findConnectProblem(graph, makeEdge('route', 'sum', 'b'))).toBeNull();
  });

  it('moves an end and keeps the order of the edges', () => {
    const before = sampleGraph();
    const graph = reconnect(before, edgeKey({ from: 'route', to: 'sum', port: 'a' }), makeEdge('route', 'sum', 'b'));
    expect(graph.edges[2]).toEqual({ from: 'route', to: 'sum', port: 'b' });
    expect(graph.edges).toHaveLength(before.edges.length);
  });
});

describe('adding a node', () => {
  it('stands connected after the one it was added to', () => {
    const { graph, id } = insertNode(sampleGraph(), kindOfSample('transform')!, {
      position: { x: 0, y: 400 },
      after: { node: 'route', port: 'b' },
    });
    expect(id).toBe('transform');
    expect(graph.edges.at(-1)).toEqual({ from: 'route', to: 'transform', port: 'b' });
    expect(findNode(graph, id)?.config).toEqual({ expression: 'input' });
  });

  it('takes the place of an edge that it is put into', () => {
    const { graph, id } = insertNode(sampleGraph(), kindOfSample('switch')!, {
      position: { x: 0, y: 400 },
      into: edgeKey({ from: 'sum', to: 'out' }),
    });
    const keys = graph.edges.map(edgeKey);
    expect(keys).not.toContain(edgeKey({ from: 'sum', to: 'out' }));
    expect(keys).toContain(edgeKey({ from: 'sum', to: id }));
    expect(keys).toContain(edgeKey({ from: id, to: 'out', port: 'a' }));
  });

  it('covers no other node', () => {
    expect(freePlace(sampleGraph(), { x: 270, y: 10 }).y).toBeGreaterThan(72);
  });
});

describe('changing nodes', () => {
  it('deletes a node together with the edges at it', () => {
    const graph = removeNodes(sampleGraph(), new Set(['route']));
    expect(graph.nodes.map((node) => node.id)).toEqual(['start', 'size', 'sum', 'out']);
    expect(graph.edges).toEqual([
      { from: 'start', to: 'size' },
      { from: 'sum', to: 'out' },
    ]);
  });

  it('takes a field out instead of writing undefined', () => {
    const graph = changeConfig(
      changeNode(sampleGraph(), 'sum', { name: undefined, timeoutMs: 5 }),
      'sum',
      'temperature',
      undefined,
    );
    expect(findNode(graph, 'sum')).not.toHaveProperty('name');
    expect(findNode(graph, 'sum')?.config).not.toHaveProperty('temperature');
    expect(findNode(graph, 'sum')?.timeoutMs).toBe(5);
  });

  it('leaves all other nodes as they are, so that nothing else is drawn anew', () => {
    const before = sampleGraph();
    const after = changeConfig(before, 'sum', 'prompt', 'x');
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(before.nodes[3]?.config.prompt).not.toBe('x');
  });

  it('is no edit when nothing moves', () => {
    const graph = sampleGraph();
    expect(moveNodes(graph, new Map([['size', { x: 264, y: 0 }]]))).toBe(graph);
  });
});

describe('copy and paste', () => {
  it('gives copies new ids and lets them speak of each other', () => {
    const part = partOf(sampleGraph(), new Set(['size', 'route']));
    const { graph, ids } = pasteNodes(sampleGraph(), part, kindOfSample);
    expect(ids).toEqual(['size2', 'route2']);
    expect(findNode(graph, 'route2')?.config.expression).toBe('steps.size2');
    expect(graph.edges.at(-1)).toEqual({ from: 'size2', to: 'route2' });
    expect(findNode(graph, 'size2')?.position).toEqual({ x: 288, y: 96 });
  });

  it('goes over the clipboard as text and takes nothing else for nodes', () => {
    const part = partOf(sampleGraph(), new Set(['size']));
    expect(fromClipboardText(toClipboardText(part))).toEqual(part);
    expect(fromClipboardText('hello')).toBeNull();
    expect(fromClipboardText('{"nodes":[]}')).toBeNull();
    expect(fromClipboardText('{"agentflow":"nodes","nodes":[{"id":1}],"edges":[]}')).toBeNull();
  });
});

describe('ids', () => {
  it('are counted up until one is free', () => {
    expect(newNodeId('llm', ['llm', 'llm2'])).toBe('llm3');
    expect(newNodeId('llm2', ['llm2'])).toBe('llm3');
  });

  it('are refused with the reason', () => {
    expect(findIdProblem('1st', [])).toContain('letter');
    expect(findIdProblem('toString', [])).toContain('reserved');
    expect(findIdProblem('size', ['size'])).toContain('already');
    expect(findIdProblem('first-size', ['size'])).toBeNull();
  });
});

describe('the order of a run', () => {
  it('knows what can have run before a node', () => {
    expect([...runsBefore(sampleGraph(), 'sum')].sort()).toEqual(['route', 'size', 'start']);
  });

  it('lists nodes as they can run, those in a circle last', () => {
    const graph = connect(sampleGraph(), makeEdge('sum', 'size'));
    expect(inRunningOrder(sampleGraph()).map((node) => node.id)).toEqual(['start', 'size', 'route', 'sum', 'out']);
    expect(inRunningOrder(graph).map((node) => node.id)).toEqual(['start', 'size', 'route', 'sum', 'out']);
    expect(inRunningOrder({ ...graph, nodes: graph.nodes.toReversed() })[0]?.id).toBe('start');
  });
});

describe('tidying', () => {
  it('stands nodes from left to right without overlap', () => {
    const places = tidyPositions(sampleGraph(), kindOfSample);
    expect(places.get('start')!.x).toBeLessThan(places.get('size')!.x);
    expect(places.get('sum')!.x).toBeLessThan(places.get('out')!.x);
  });

  it('happens by itself only when no node has a place', () => {
    const homeless = sampleGraph().nodes.map(({ position: _position, ...node }) => node);
    expect(
      withPositions({ ...sampleGraph(), nodes: homeless }, kindOfSample).nodes.every((node) => node.position),
    ).toBe(true);
    const some = { ...sampleGraph(), nodes: [...sampleGraph().nodes.slice(0, 4), homeless[4]!] };
    const placed = withPositions(some, kindOfSample);
    expect(placed.nodes[1]?.position).toEqual({ x: 264, y: 0 });
    expect(placed.nodes[4]?.position?.y).toBeGreaterThan(0);
  });
});

describe('tidying a node with several ports', () => {
  it('lets the upper port lead to the upper node', () => {
    const graph = {
      nodes: [
        { id: 'start', kind: 'start', config: {} },
        { id: 'route', kind: 'switch', config: { expression: 'input', cases: ['a', 'b'] } },
        ...['one', 'two', 'three'].map((id) => ({ id, kind: 'transform', config: { expression: '1' } })),
      ],
      edges: [
        { from: 'start', to: 'route' },
        { from: 'route', to: 'three', port: 'default' },
        { from: 'route', to: 'two', port: 'b' },
        { from: 'route', to: 'one', port: 'a' },
      ],
    };
    const places = tidyPositions(graph, kindOfSample);
    expect(places.get('one')!.y).toBeLessThan(places.get('two')!.y);
    expect(places.get('two')!.y).toBeLessThan(places.get('three')!.y);
  });
});
