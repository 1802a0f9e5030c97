import { NodeKindRegistry } from '../node-kind-registry.js';
import type { Problem } from '../problem.js';
import { validateGraph } from '../validate/validate-graph.js';
import { node } from './graph.factory.js';

const registry = new NodeKindRegistry();

/** What is wrong with a document, by the built-in kinds. */
export function problemsOf(document: unknown): readonly Problem[] {
  return validateGraph(document, registry).problems;
}

/** An end for graphs whose result does not matter. */
export const output = node('out', 'output', { expression: '1' });

/** A loop that makes five passes at most. */
export const loop = (id: string, config: object = {}) => node(id, 'loop', { maxIterations: 5, ...config });

/** A step that is there to be connected. */
export const transform = (id: string, expression = '1') => node(id, 'transform', { expression });
