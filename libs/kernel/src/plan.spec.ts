import { NodeKindRegistry } from './node-kind-registry.js';
import { compilePlan, InvalidGraphError, validateInput } from './plan.js';
import { graph, node, summariseGraph } from './testing/index.js';

const registry = new NodeKindRegistry();

describe('a plan', () => {
  it('knows of every node what it does to the run and where it leads', () => {
    const plan = compilePlan(summariseGraph(), registry);
    expect(plan.start.id).toBe('start');
    expect(plan.nodes.filter(({ isEffectful }) => isEffectful).map(({ id }) => id)).toEqual(['sum']);
    expect(plan.nodes.filter(({ isOutput }) => isOutput).map(({ id }) => id)).toEqual(['out']);
    expect(plan.nodes.map(({ incoming }) => incoming)).toEqual([0, 1, 1, 1, 2]);
    expect(plan.nodes[2]?.edges).toEqual([
      { port: 'true', target: 3 },
      { port: 'false', target: 4 },
    ]);
    expect(plan.nodes[3]).toMatchObject({ retry: { maxAttempts: 3 }, timeoutMs: 30_000, handlesErrors: false });
  });

  it('knows which nodes have a way to go on after a failure', () => {
    const nodes = [node('a', 'transform', { expression: '1' }), node('out', 'output')];
    const plan = compilePlan(graph(nodes, 'start > a > out', 'a.error > out'), registry);
    expect(plan.nodes.map(({ handlesErrors }) => handlesErrors)).toEqual([false, true, false]);
  });

  it('checks the input of a run against the schema of its start', () => {
    const plan = compilePlan(summariseGraph(), registry);
    expect(validateInput(plan, { text: 'hello' })).toEqual([]);
    expect(validateInput(plan, {})).toEqual([
      { pointer: '/input/text', code: 'schema.required', message: '/input/text is required.' },
    ]);
  });

  it('is refused for a graph with problems, and says which', () => {
    const compile = (): unknown => compilePlan(graph([], 'start > out'), registry);
    expect(compile).toThrow(InvalidGraphError);
    expect(compile).toThrow(/The graph cannot run: The edge from “start” to “out”/);
  });
});
