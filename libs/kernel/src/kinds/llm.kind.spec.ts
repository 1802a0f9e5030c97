import type { GraphNode } from '../graph.js';
import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import type { RunOutcome } from '../run-host.js';
import { FakeStepServices, graph, MemoryRunHost, node, SOME_USAGE, type FakeAnswers } from '../testing/index.js';
import { walk } from '../walk.js';
import { llmKind } from './llm.kind.js';

async function ask(
  config: GraphNode['config'],
  generate?: FakeAnswers['generate'],
  retry?: GraphNode['retry'],
): Promise<{ outcome: RunOutcome; services: FakeStepServices; host: MemoryRunHost }> {
  const services = new FakeStepServices({ generate });
  const host = new MemoryRunHost({ services });
  const nodes = [
    node('ask', 'llm', { model: 'simulated/offline', prompt: 'Sum up: {{ input.text }}', ...config }, { retry }),
    node('out', 'output', { expression: 'steps.ask' }),
  ];
  const outcome = await walk(
    compilePlan(graph(nodes, 'start > ask > out'), new NodeKindRegistry()),
    { text: 'hello' },
    host,
  );
  return { outcome, services, host };
}

const schema = { type: 'object', properties: { mood: { type: 'string' } }, required: ['mood'] };

describe('the llm kind', () => {
  it('asks with what its templates say, streams the text and tells what it cost and that it was simulated', async () => {
    const { outcome, services, host } = await ask({
      system: 'You read {{ input.text }}.',
      temperature: 0,
      maxTokens: 50,
    });
    const request = {
      model: 'simulated/offline',
      prompt: 'Sum up: hello',
      system: 'You read hello.',
      temperature: 0,
      maxTokens: 50,
    };
    expect(services.generateCalls).toEqual([{ request, idempotencyKey: 'execution-1:ask' }]);
    expect(host.steps.find(({ path }) => path === 'ask')).toMatchObject({ input: request, usage: SOME_USAGE });
    expect(host.deltas).toEqual([{ stepId: 'ask', text: 'echo: Sum up: hello' }]);
    expect(outcome).toMatchObject({
      status: 'succeeded',
      output: { text: 'echo: Sum up: hello', usage: SOME_USAGE, simulated: true },
    });
    expect(host.events.find(({ type, stepId }) => type === 'step-end' && stepId === 'ask')?.data).toMatchObject({
      simulated: true,
    });
  });

  it('gives the answer as JSON when it fits the schema', async () => {
    const { outcome } = await ask({ schema }, () => ({ text: '{"mood":"fine"}', json: { mood: 'fine' } }));
    expect(outcome).toMatchObject({ status: 'succeeded', output: { json: { mood: 'fine' } } });
  });

  it.each([
    ['is not JSON', undefined, /it is not JSON/],
    ['lacks a field', {}, /\/mood is required/],
    ['has another type', { mood: 5 }, /\/mood must be string/],
  ])('asks again when the answer %s, and counts what both cost', async (_title, json, message) => {
    const { outcome, services, host } = await ask({ schema }, () => ({ text: '?', json }), {
      maxAttempts: 2,
      backoffMs: 0,
    });
    expect(services.generateCalls).toHaveLength(2);
    expect(outcome).toMatchObject({
      status: 'failed',
      error: { code: 'model.answer_invalid', message: expect.stringMatching(message) as string },
    });
    expect(host.steps.find(({ path }) => path === 'ask')?.usage?.inputTokens).toBe(2 * SOME_USAGE.inputTokens);
  });

  it('logs what the provider could not do as asked', async () => {
    const { host } = await ask({}, () => ({ text: 'ok', warnings: ['topP was ignored'] }));
    expect(host.events).toContainEqual({
      type: 'log',
      stepId: 'ask',
      data: { level: 'warn', message: 'topP was ignored' },
    });
  });

  it.each([
    { model: 'offline', prompt: 'x' },
    { model: 'a/b', prompt: '' },
    { model: 'a/b', prompt: 'x', temperature: 3 },
    { model: 'a/b', prompt: 'x', topP: 0 },
    { model: 'a/b', prompt: 'x', maxTokens: 1.5 },
    { model: 'a/b', prompt: 'x', baseUrl: 'https://evil.example' },
  ])('refuses the configuration %j', (config) => {
    expect(llmKind.configSchema.safeParse(config).success).toBe(false);
  });

  it('points into an answer schema that cannot be used', () => {
    const problems = llmKind.check?.({
      model: 'a/b',
      prompt: 'x',
      schema: { properties: { a: { $ref: 'https://x' } } },
    });
    expect(problems).toMatchObject([{ pointer: '/config/schema/properties/a/$ref', code: 'schema.foreign_reference' }]);
  });
});
