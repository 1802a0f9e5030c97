import { describe, expect, it } from 'vitest';
import { sampleGraph } from '../testing/sample-graph';
import { removeNodes } from './edit-nodes';
import { edgeKey } from './graph';
import { entryMessage, fieldMessage, nextProblem, placeProblems, problemsThatRemain } from './placed-problems';

const problem = (pointer: string, message = pointer) => ({ pointer, code: 'test', message });

describe('problems by pointer', () => {
  it('find their node and field', () => {
    const [placed] = placeProblems([problem('/nodes/3/config/prompt')], sampleGraph());
    expect(placed).toMatchObject({ nodeId: 'sum', edge: null, field: '/config/prompt' });
  });

  it('find their edge, and the graph when they are about neither', () => {
    const placed = placeProblems([problem('/edges/2/port'), problem('/nodes')], sampleGraph());
    expect(placed[0]).toMatchObject({
      nodeId: null,
      edge: edgeKey({ from: 'route', to: 'sum', port: 'a' }),
      field: '/port',
    });
    expect(placed[1]).toMatchObject({ nodeId: null, edge: null, field: '' });
  });

  it('stay with their node when others before it are deleted', () => {
    const graph = sampleGraph();
    const placed = placeProblems([problem('/nodes/3/config/prompt'), problem('/nodes/1/config/expression')], graph);
    const remaining = problemsThatRemain(placed, removeNodes(graph, new Set(['size'])));
    expect(remaining.map((each) => each.nodeId)).toEqual(['sum']);
  });

  it('show at a field what is wrong inside of it, and at an entry only its own', () => {
    const placed = placeProblems([problem('/nodes/2/config/cases/1', 'twice')], sampleGraph());
    expect(fieldMessage(placed, 'route', '/config/cases')).toBe('twice');
    expect(fieldMessage(placed, 'route', '/config/case')).toBeUndefined();
    expect(entryMessage(placed, 'route', '/config/cases', 1)).toBe('twice');
    expect(entryMessage(placed, 'route', '/config/cases', 0)).toBeUndefined();
  });

  it('reach names with slashes', () => {
    const placed = placeProblems([problem('/nodes/3/config/headers/a~1b', 'bad')], sampleGraph());
    expect(entryMessage(placed, 'sum', '/config/headers', 'a/b')).toBe('bad');
  });

  it('are walked round and round', () => {
    const placed = placeProblems([problem('/nodes/0', 'one'), problem('/nodes/1', 'two')], sampleGraph());
    const first = nextProblem(placed, null);
    const second = nextProblem(placed, first);
    expect([first?.message, second?.message, nextProblem(placed, second)?.message]).toEqual(['one', 'two', 'one']);
    expect(nextProblem(placed, first, -1)?.message).toBe('two');
    expect(nextProblem([], first)).toBeNull();
  });
});
