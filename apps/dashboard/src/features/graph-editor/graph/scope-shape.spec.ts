import { describe, expect, it } from 'vitest';
import { sampleGraph } from '../testing/sample-graph';
import { nodeEssence } from './node-essence';
import { kindOfSample } from '../testing/sample-graph';
import { scopeOf, shapeAt } from './scope-shape';

describe('what a node can use', () => {
  it('is the input by its schema, earlier steps, and variables', () => {
    const scope = scopeOf(sampleGraph(), 'route');
    expect(Object.keys(scope.fields)).toEqual(['input', 'steps', 'vars']);
    expect(Object.keys(shapeAt(scope, ['input'])?.fields ?? {})).toEqual(['text']);
    expect(Object.keys(shapeAt(scope, ['steps'])?.fields ?? {})).toEqual(['start', 'size']);
  });

  it('knows what a language model answers', () => {
    expect(Object.keys(shapeAt(scopeOf(sampleGraph(), 'out'), ['steps', 'sum'])?.fields ?? {})).toContain('text');
  });

  it('ends where nothing is known', () => {
    expect(shapeAt(scopeOf(sampleGraph(), 'out'), ['steps', 'toString'])).toBeUndefined();
  });
});

describe('the line of essence', () => {
  it('is the model, the expression, or the names of the input', () => {
    const graph = sampleGraph();
    const lines = graph.nodes.map((node) => nodeEssence(node, kindOfSample(node.kind)));
    expect(lines).toEqual([
      'text',
      '$length(input.text)',
      'steps.size',
      'simulated/offline',
      '{ "text": steps.sum.text, "size": steps.size }',
    ]);
  });
});
