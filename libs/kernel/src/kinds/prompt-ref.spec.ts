import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import { FakeStepServices, graph, MemoryRunHost, node } from '../testing/index.js';
import { validateGraph } from '../validate/validate-graph.js';
import { walk } from '../walk.js';

const ID = '0190f2a4-5b6c-7000-8000-00000000aaaa';

const pinned = {
  id: ID,
  version: 3,
  system: 'You are {{ mood }}.',
  user: 'Hello, {{ name }}! {{ list | join: "+" }}',
  required: ['name'],
};

const variables = { name: 'input.name', list: 'input.list', mood: '"kind"' };

async function run(kind: string, config: object, input: object = { name: '{{ mood }}', list: [1, 2] }) {
  const services = new FakeStepServices({ generate: () => ({ text: 'a', json: { label: 'a' } }) });
  const host = new MemoryRunHost({ services });
  const nodes = [
    node('ask', kind, { model: 'simulated/offline', ...config }),
    node('out', 'output', { expression: 'steps.ask' }),
  ];
  const drawn = graph(nodes, 'start > ask > out');
  const edges = drawn.edges.map((edge) => (kind === 'classify' && edge.from === 'ask' ? { ...edge, port: 'a' } : edge));
  const outcome = await walk(compilePlan({ ...drawn, edges }, new NodeKindRegistry()), input, host);
  return { outcome, request: services.generateCalls[0]?.request };
}

describe('a node that uses a prompt of the library', () => {
  it.each([
    ['llm', {}],
    ['agent', { tools: [] }],
  ])(
    'asks with the text of the version, filled in by its expressions, and names the version: %s',
    async (kind, more) => {
      const { outcome, request } = await run(kind, { promptRef: { name: 'greeting', variables, pinned }, ...more });
      expect(outcome.status).toBe('succeeded');
      expect(request).toMatchObject({
        system: 'You are kind.',
        // What a value contains is not read as a template.
        prompt: 'Hello, {{ mood }}! 1+2',
        promptRef: { id: ID, version: 3 },
      });
    },
  );

  it('sorts with the words of the prompt before its own', async () => {
    const { request } = await run('classify', {
      labels: [{ name: 'a' }],
      promptRef: { name: 'greeting', variables, pinned },
    });
    expect(request?.system).toMatch(/^You are kind\.\n\nSort the text/);
    expect(request?.prompt).toContain('Hello');
  });

  it('fails and names the variable when its expression gives nothing', async () => {
    const { outcome } = await run('llm', { promptRef: { name: 'greeting', variables, pinned } }, { list: [] });
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'prompt.variable_missing', message: expect.stringContaining('“name”'), retryable: false },
    });
  });

  it('cannot run before publishing has taken the text from the library', async () => {
    const { outcome } = await run('llm', { promptRef: { name: 'greeting' } });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'prompt.not_pinned' } });
  });

  it.each([
    ['no prompt at all', {}, '/nodes/1/config/prompt prompt.missing'],
    ['two', { prompt: 'Hi', promptRef: { name: 'greeting' } }, '/nodes/1/config/prompt prompt.twice'],
    [
      'a system text of its own beside it',
      { system: 'Hi', promptRef: { name: 'greeting' } },
      '/nodes/1/config/system prompt.twice',
    ],
    [
      'an expression that uses a step that is not there',
      { promptRef: { name: 'greeting', variables: { name: 'steps.nobody' } } },
      '/nodes/1/config/promptRef/variables/name graph.unknown_step',
    ],
  ])('is wrong with %s', (_what, config, expected) => {
    const nodes = [
      node('ask', 'llm', { model: 'simulated/offline', ...config }),
      node('out', 'output', { expression: '1' }),
    ];
    const { problems } = validateGraph(graph(nodes, 'start > ask > out'), new NodeKindRegistry());
    expect(problems.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([expected]);
  });
});
