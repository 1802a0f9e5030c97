import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import { graph, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';
import { conditionKind } from './condition.kind.js';
import { outputKind } from './output.kind.js';
import { switchKind } from './switch.kind.js';
import { transformKind } from './transform.kind.js';

/** Runs one node of the kind and tells what is recorded of it. */
async function run(kind: string, config: GraphNode['config'], input: unknown = {}) {
  const host = new MemoryRunHost();
  const nodes = [node('it', kind, config), ...(kind === 'output' ? [] : [node('out', 'output')])];
  const ways = kind === 'output' ? ['start > it'] : ['start > it', 'it.error > out'];
  await walk(compilePlan(graph(nodes, ...ways), new NodeKindRegistry()), input, host);
  return host.steps.find(({ path }) => path === 'it');
}

describe('the transform kind', () => {
  it('gives the value of its expression, and null for nothing', async () => {
    expect(await run('transform', { expression: '{ "n": $length(input.text) }' }, { text: 'abc' })).toMatchObject({
      status: 'succeeded',
      port: 'out',
      output: { n: 3 },
    });
    expect(await run('transform', { expression: 'input.missing' })).toMatchObject({
      status: 'succeeded',
      output: null,
    });
  });

  it('leaves by its error port when the expression fails', async () => {
    expect(await run('transform', { expression: '1 + input.text' }, { text: 'a' })).toMatchObject({
      status: 'failed',
      port: 'error',
      error: { code: 'expression.failed', retryable: false, stepId: 'it' },
    });
  });

  it('refuses a configuration without an expression', () => {
    expect(transformKind.configSchema.safeParse({ expression: '' }).success).toBe(false);
    expect(transformKind.configSchema.safeParse({}).success).toBe(false);
  });
});

describe('the condition kind', () => {
  it.each([
    ['true', 'true'],
    ['input.n > 1', 'true'],
    ['"0"', 'true'],
    ['[0, 1]', 'true'],
    ['false', 'false'],
    ['input.missing', 'false'],
    ['0', 'false'],
    ['""', 'false'],
    ['null', 'false'],
    ['[]', 'false'],
    ['{}', 'false'],
    ['[0, [0]]', 'false'],
  ])('leaves for %s by the port %s', async (expression, port) => {
    expect(await run('condition', { expression }, { n: 2 })).toMatchObject({ port, output: port === 'true' });
  });

  it('has two ports and its expression as summary', () => {
    expect(conditionKind.ports({ expression: 'x' })).toEqual(['true', 'false']);
    expect(conditionKind.summary({ expression: 'x' })).toBe('x');
  });
});

describe('the switch kind', () => {
  const cases = ['a', '5', 'true', 'null', '{"k":1}'];

  it.each([
    ['"a"', 'a'],
    ['2 + 3', '5'],
    ['1 = 1', 'true'],
    ['null', 'null'],
    ['{"k": 1}', '{"k":1}'],
    ['"b"', 'default'],
    ['"default"', 'default'],
    ['"error"', 'default'],
    ['"__proto__"', 'default'],
    ['input.missing', 'default'],
  ])('leaves for %s by the port %s', async (expression, port) => {
    expect(await run('switch', { expression, cases })).toMatchObject({ status: 'succeeded', port });
  });

  it('has a port for each case and one for all others', () => {
    expect(switchKind.ports({ expression: 'x', cases: ['a', 'b'] })).toEqual(['a', 'b', 'default']);
  });

  it('refuses cases that exist already', () => {
    expect(switchKind.check?.({ expression: 'x', cases: ['a', 'default', 'a', 'error'] })).toMatchObject([
      { pointer: '/config/cases/1', code: 'switch.reserved_case' },
      { pointer: '/config/cases/2', code: 'switch.duplicate_case' },
      { pointer: '/config/cases/3', code: 'switch.reserved_case' },
    ]);
    expect(switchKind.configSchema.safeParse({ expression: 'x', cases: [] }).success).toBe(false);
  });
});

describe('the output kind', () => {
  it('gives the value of its expression, or all steps when it has none', async () => {
    expect(await run('output', { expression: 'input.n' }, { n: 1 })).toMatchObject({ output: 1 });
    expect(await run('output', {}, { n: 1 })).toMatchObject({ output: { start: { n: 1 } } });
  });

  it('ends its way', () => {
    expect(outputKind.ports({})).toEqual([]);
    expect(outputKind.summary({})).toBe('all steps');
  });
});
