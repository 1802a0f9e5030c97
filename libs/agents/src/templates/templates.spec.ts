import { compilePlan, validateGraph, validateInput } from '#kernel';
import { nodeKinds } from '../node-kinds.js';
import { TEMPLATES } from './templates.js';

describe('The gallery of templates', () => {
  it('gives every template an address of its own', () => {
    const slugs = TEMPLATES.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    for (const slug of slugs) expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it.each(TEMPLATES)('$slug can be published as it is', ({ graph }) => {
    expect(validateGraph(graph, nodeKinds).problems).toEqual([]);
  });

  it.each(TEMPLATES)('$slug takes its own sample input', ({ graph, sampleInput }) => {
    expect(validateInput(compilePlan(graph, nodeKinds), sampleInput)).toEqual([]);
  });

  it.each(TEMPLATES)('$slug needs no key: its models are simulated, and it calls no service', ({ graph }) => {
    for (const { kind, config } of graph.nodes) {
      expect(kind).not.toBe('http');
      expect(config['model'] ?? 'simulated/offline').toBe('simulated/offline');
    }
  });
});
