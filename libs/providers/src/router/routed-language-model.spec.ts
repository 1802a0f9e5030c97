import { setTimeout as sleep } from 'node:timers/promises';
import { FakeLanguageModel } from '../testing/fake-language-model.js';
import { describeModel } from './model-catalogue.js';
import { RoutedLanguageModel } from './routed-language-model.js';

/** A client that takes longer to load than its provider may take to connect. */
class SlowlyLoaded extends FakeLanguageModel {
  prepare(): Promise<unknown> {
    return sleep(120);
  }
}

describe('A routed model', () => {
  it('does not count the loading of its client as silence of the provider', async () => {
    const deadlines = { connectMs: 60, firstTokenMs: 60, idleMs: 60, totalMs: 60 };
    const routed = new RoutedLanguageModel(new SlowlyLoaded(), describeModel('fake/scripted', 'language'), deadlines);
    const call = { messages: [{ role: 'user' as const, content: 'Hello' }] };
    const parts = [];
    for await (const part of routed.stream(call)) parts.push(part.type);
    expect(parts.at(-1)).toBe('finish');
    expect((await routed.generate(call)).text).toBe('Hello.');
  });
});
