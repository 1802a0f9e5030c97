import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamPart } from '../model/stream-part.js';
import { AnthropicProvider } from '../providers/anthropic/anthropic-provider.js';

const THOUGHT = { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Hmm.' } };
const PING = { type: 'ping' };
const TEXT = { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Four.' } };
const BEGIN = { type: 'message_start', message: { id: 'msg_1', model: 'claude', usage: { input_tokens: 5 } } };
const END = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

/** A service that streams these events, each after its pause. */
function serviceSaying(...events: readonly (readonly [number, object])[]): typeof fetch {
  async function* body(): AsyncGenerator<Uint8Array> {
    for (const [pauseMs, event] of events) {
      await sleep(pauseMs);
      yield Buffer.from(`data: ${JSON.stringify(event)}\n\n`);
    }
  }
  return () =>
    Promise.resolve(new Response(ReadableStream.from(body()), { headers: { 'content-type': 'text/event-stream' } }));
}

async function partsOf(service: typeof fetch): Promise<StreamPart['type'][]> {
  const model = new AnthropicProvider({ fetch: service, apiKey: 'sk-ant-test' }).languageModel('claude-sonnet-4-5');
  const types: StreamPart['type'][] = [];
  for await (const part of model.stream({ messages: [{ role: 'user', content: '2 + 2?' }] })) types.push(part.type);
  return types;
}

describe('A model that thinks before it speaks', () => {
  it('is heard to work, at most once a second', async () => {
    const service = serviceSaying(
      [0, BEGIN],
      [0, THOUGHT],
      [1_050, THOUGHT],
      [0, THOUGHT],
      [0, TEXT],
      ...END.map((event) => [0, event] as const),
    );
    expect(await partsOf(service)).toEqual(['stream-start', 'progress', 'text-delta', 'finish']);
  });

  it('is not heard in what only keeps the connection open', async () => {
    const service = serviceSaying([0, BEGIN], [1_050, PING], [0, TEXT], ...END.map((event) => [0, event] as const));
    expect(await partsOf(service)).toEqual(['stream-start', 'text-delta', 'finish']);
  });
});
