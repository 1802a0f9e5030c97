import { describe, expect, it } from 'vitest';
import { kindOfSample, sampleGraph } from '../testing/sample-graph';
import { findNode, type GraphNode } from './graph';
import { renameNode } from './rename-node';
import { renameReferences } from './rename-references';

const ids = new Map([['size', 'length']]);

function inExpression(expression: string, newIds: ReadonlyMap<string, string> = ids): unknown {
  const node: GraphNode = { id: 'x', kind: 'transform', config: { expression } };
  return renameReferences(node, kindOfSample, newIds).node.config.expression;
}

function inTemplate(prompt: string, newIds: ReadonlyMap<string, string> = ids): unknown {
  const node: GraphNode = { id: 'x', kind: 'llm', config: { prompt } };
  return renameReferences(node, kindOfSample, newIds).node.config.prompt;
}

describe('renaming a node', () => {
  it('follows the id through edges, expressions and templates, and counts what it changed', () => {
    const { graph, references, nodes } = renameNode(sampleGraph(), 'size', 'length', kindOfSample);
    expect(graph.edges.slice(0, 2)).toEqual([
      { from: 'start', to: 'length' },
      { from: 'length', to: 'route' },
    ]);
    expect(findNode(graph, 'route')?.config.expression).toBe('steps.length');
    expect(findNode(graph, 'sum')?.config.prompt).toBe('Of {{ steps.length }}: {{ input.text }}');
    expect(findNode(graph, 'out')?.config.expression).toBe('{ "text": steps.sum.text, "size": steps.length }');
    expect([references, nodes]).toEqual([3, 3]);
  });

  it('leaves longer names, other paths, strings and comments alone', () => {
    for (const untouched of [
      'steps.sizes',
      'input.steps.size',
      'input . steps.size',
      '"steps.size"',
      "'it\\'s steps.size'",
      '/* steps.size */ 1',
      'mysteps.size',
    ]) {
      expect(inExpression(untouched)).toBe(untouched);
    }
  });

  it('finds mentions in every form that JSONata has', () => {
    expect(inExpression('$$.steps.size + steps . size - 1')).toBe('$$.steps.length + steps . length - 1');
    expect(inExpression('steps.`size`.a')).toBe('steps.length.a');
    expect(inExpression('steps.size-1')).toBe('steps.length-1');
    expect(inExpression('steps.size', new Map([['size', 'text-size']]))).toBe('steps.`text-size`');
    expect(inExpression('steps.`text-size`', new Map([['text-size', 'size']]))).toBe('steps.size');
  });

  it('changes templates only inside of their tags', () => {
    expect(inTemplate('steps.size {{ steps.size | json }} {% if steps.size > 1 %}')).toBe(
      'steps.size {{ steps.length | json }} {% if steps.length > 1 %}',
    );
    expect(inTemplate('{{ steps["size"] }} {{ steps.size-2 }} {{ "steps.size" }}')).toBe(
      '{{ steps["length"] }} {{ steps.size-2 }} {{ "steps.size" }}',
    );
  });

  it('reaches values of key-value fields', () => {
    const node: GraphNode = {
      id: 'x',
      kind: 'http',
      config: { url: 'https://example.com/', headers: { 'X-Size': '{{ steps.size }}' } },
    };
    expect(renameReferences(node, kindOfSample, ids).node.config.headers).toEqual({
      'X-Size': '{{ steps.length }}',
    });
  });

  it('leaves a node of an unknown kind as it is', () => {
    const node: GraphNode = { id: 'x', kind: 'future', config: { expression: 'steps.size' } };
    expect(renameReferences(node, () => undefined, ids)).toEqual({ node, count: 0 });
  });
});
