import { NodeKindRegistry } from '../node-kind-registry.js';
import { compilePlan } from '../plan.js';
import { FakeStepServices, graph, MemoryRunHost, node, SOME_USAGE, type FakeAnswers } from '../testing/index.js';
import { walk } from '../walk.js';
import { classifyKind } from './classify.kind.js';

const labels = [{ name: 'question', description: 'They want to know.' }, { name: 'complaint' }];
const base = { model: 'simulated/offline', text: '{{ input.text }}', labels };

async function classify(generate: FakeAnswers['generate'], config: object = {}) {
  const services = new FakeStepServices({ generate });
  const host = new MemoryRunHost({ services });
  const document = graph(
    [node('it', 'classify', { ...base, ...config }), node('out', 'output')],
    'start > it',
    'it.other > out',
  );
  await walk(compilePlan(document, new NodeKindRegistry()), { text: 'Why?' }, host);
  return { services, step: host.steps.find(({ path }) => path === 'it') };
}

describe('the classify kind', () => {
  it('lets a model choose among the labels and continues by the one that it names', async () => {
    const { services, step } = await classify(() => ({ text: '', json: { label: 'question', confidence: 0.9 } }));
    expect(step).toMatchObject({ port: 'question', output: { label: 'question', confidence: 0.9 }, usage: SOME_USAGE });
    const { prompt, system, schema, temperature } = services.generateCalls[0]?.request ?? {};
    expect({ prompt, temperature }).toEqual({ prompt: 'Why?', temperature: 0 });
    expect(system).toContain('- question: They want to know.');
    expect(schema).toMatchObject({ properties: { label: { enum: ['question', 'complaint', 'other'] } } });
  });

  it.each([
    ['another label', { label: 'praise' }, undefined, 'other'],
    ['another label, with a fallback', { label: 'praise' }, 'complaint', 'complaint'],
    ['that none fits', { label: 'other' }, undefined, 'other'],
    ['a confidence that is none', { label: 'question', confidence: 7 }, undefined, 'question'],
    ['a list', [1], undefined, 'other'],
    ['nothing', null, undefined, 'other'],
  ])('when the model answers %s', async (_title, json, fallback, label) => {
    const { step } = await classify(() => ({ text: 'hm', json }), fallback === undefined ? {} : { fallback });
    expect(step).toMatchObject({ status: 'succeeded', port: label });
    expect(step?.output).toEqual({ label });
  });

  it('takes the text where there is no JSON', async () => {
    expect((await classify(() => ({ text: ' complaint\n' }))).step).toMatchObject({ port: 'complaint' });
  });

  it('has a port for each label and one for all others', () => {
    expect(classifyKind.ports(base)).toEqual(['question', 'complaint', 'other']);
    expect(
      classifyKind.check?.({ ...base, labels: [{ name: 'a' }, { name: 'other' }, { name: 'a' }], fallback: 'b' }),
    ).toMatchObject([
      { pointer: '/config/labels/1/name', code: 'classify.reserved_label' },
      { pointer: '/config/labels/2/name', code: 'classify.duplicate_label' },
      { pointer: '/config/fallback', code: 'classify.unknown_fallback' },
    ]);
  });
});
