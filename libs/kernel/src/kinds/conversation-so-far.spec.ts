import { compilePlan } from '../plan.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { edges, FakeStepServices, MemoryRunHost, node } from '../testing/index.js';
import { walk } from '../walk.js';
import { shownRequest } from './shown-request.js';

const HISTORY = [
  { role: 'user', content: 'I am Ada.' },
  { role: 'assistant', content: 'Hello, Ada.' },
];

async function asked(
  config: object,
  vars: Record<string, unknown>,
  input: object = { history: HISTORY },
  kind = 'llm',
) {
  const services = new FakeStepServices();
  const graph = {
    nodes: [
      node('start', 'start', {}),
      node('ask', kind, { model: 'simulated/offline', prompt: 'Who am I?', ...config }),
      node('out', 'output', { expression: 'steps.ask.text' }),
    ],
    edges: edges('start > ask > out'),
  };
  await walk(compilePlan(graph, new NodeKindRegistry()), input, new MemoryRunHost({ services, vars }));
  return services.generateCalls[0]?.request;
}

describe('A node that asks a model', () => {
  it.each([
    ['llm', {}],
    ['agent', { tools: [] }],
  ])('(%s) gives it the conversation in a turn of one', async (kind, config) => {
    const request = await asked(config, { session: {} }, { history: HISTORY }, kind);
    expect(request?.history).toEqual([HISTORY[0], { ...HISTORY[1], toolCalls: [] }]);
    expect(request?.prompt).toBe('Who am I?');
  });

  it.each([
    ['llm', {}],
    ['agent', { tools: [] }],
  ])('(%s) gives it the pictures of the conversation, and records how large they are', async (kind, config) => {
    const images = [{ mediaType: 'image/png', data: 'A'.repeat(400) }];
    const history = [{ role: 'user', content: 'Before.', images }];
    const request = await asked(config, { session: {} }, { history, images }, kind);
    expect(request).toMatchObject({ images, history: [{ images }] });
    expect(JSON.stringify(shownRequest(request!))).not.toContain('AAAA');
    expect(shownRequest(request!)).toMatchObject({
      images: [{ mediaType: 'image/png', bytes: 300 }],
      history: [{ images: [{ bytes: 300 }] }],
    });
  });

  it('does not when its switch is off, nor outside of a conversation', async () => {
    expect((await asked({ history: false }, { session: {} }))?.history).toBeUndefined();
    expect((await asked({}, {}))?.history).toBeUndefined();
    expect((await asked({}, { session: {} }, { history: 'x' }))?.history).toBeUndefined();
  });

  it('takes another model from the conversation’s doors, never from its input', async () => {
    const input = { history: [], overrides: { model: 'evil/model' } };
    expect((await asked({}, { session: {} }, input))?.model).toBe('simulated/offline');
    expect((await asked({}, { session: {}, overrides: { model: 'other/model' } }, input))?.model).toBe('other/model');
  });
});
