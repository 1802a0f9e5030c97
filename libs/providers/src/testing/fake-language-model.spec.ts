import { collectStream } from '../model/collect-stream.js';
import { FakeLanguageModel, type ScriptedAnswer } from './fake-language-model.js';
import { type ContractScenario, describeLanguageModelContract } from './language-model.contract.js';

describe('FakeLanguageModel', () => {
  it('follows its script, remembers its calls, and repeats its last answer', async () => {
    const model = new FakeLanguageModel({ text: 'one' }, { text: 'two' });
    const say = async (content: string) => (await model.generate({ messages: [{ role: 'user', content }] })).text;
    expect([await say('a'), await say('b'), await say('c')]).toEqual(['one', 'two', 'two']);
    expect(model.calls.map((call) => call.messages[0]?.content)).toEqual(['a', 'b', 'c']);
  });

  it('fails where it was told to, before or after its words', async () => {
    const model = new FakeLanguageModel(
      { error: new Error('early') },
      { text: 'some words', error: new Error('late') },
    );
    const heard: string[] = [];
    const call = () => collectStream(model, { messages: [{ role: 'user', content: 'a' }] }, (text) => heard.push(text));
    await expect(call()).rejects.toThrow('early');
    expect(heard).toEqual([]);
    await expect(call()).rejects.toThrow('late');
    expect(heard).toEqual(['some', ' words']);
  });
});

const call = (id: string, city: string) => ({ id, toolName: 'get_weather', arguments: { city } });

const ANSWERS: Readonly<Partial<Record<ContractScenario, ScriptedAnswer>>> = {
  json: { text: '{"category":"billing"}' },
  length: { text: 'Charged', finish: { finishReason: { unified: 'length', raw: 'length' } } },
  'tool-call': { toolCalls: [call('a', 'Paris')] },
  'parallel-tools': { toolCalls: [call('a', 'Paris'), call('b', 'Berlin')] },
  'tool-result': { text: 'It is 18 °C and sunny.' },
};

describeLanguageModelContract('the fake', async () => ({
  model: (scenario) => new FakeLanguageModel(ANSWERS[scenario] ?? { text: 'Charged twice. Wants a refund.' }),
}));
