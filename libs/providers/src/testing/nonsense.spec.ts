import { createProvider, type ProviderKind } from '../create-provider.js';
import { ProviderError } from '../errors/provider-error.js';
import type { CallOptions } from '../model/call-options.js';
import { collectStream } from '../model/collect-stream.js';
import { fixtureNamed, type RecordingFolder } from './recordings.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };
const NONSENSE = [undefined, null, -1.5, 'x', true, [], {}, [{ id: 7, index: {} }]];
const PROVIDERS: readonly { name: string; kind: ProviderKind; folder: RecordingFolder; model: string }[] = [
  { name: 'openai', kind: 'openai', folder: 'openai/__fixtures__', model: 'gpt-4o-mini' },
  { name: 'openai by its responses', kind: 'openai', folder: 'openai/__fixtures__/responses', model: 'gpt-5.6-luna' },
  { name: 'anthropic', kind: 'anthropic', folder: 'anthropic/__fixtures__', model: 'claude-opus-5-5' },
  { name: 'google', kind: 'google', folder: 'google/__fixtures__', model: 'gemini-3.5-flash' },
  { name: 'ollama', kind: 'ollama', folder: 'ollama/__fixtures__', model: 'qwen3:8b' },
];

type Path = readonly (string | number)[];

/** Every place in a document, its root included. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? (value as unknown[]).map((item, index) => [index, item])
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, item]) => placesIn(item, [...path, key]))];
}

function replaced(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const copy = (Array.isArray(document) ? [...(document as unknown[])] : { ...(document as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, value);
  return copy;
}

describe.each(PROVIDERS)('$name', ({ name, kind, folder, model: modelId }) => {
  const isLines = kind === 'ollama';
  const frame = (event: unknown): string =>
    isLines ? `${JSON.stringify(event)}\n` : `data: ${JSON.stringify(event)}\n\n`;
  const api = name === 'openai by its responses' ? ('responses' as const) : undefined;
  const modelThatSays = (contentType: string, body: string) => {
    const answer = () => Promise.resolve(new Response(body, { headers: { 'content-type': contentType } }));
    return createProvider(kind, {
      fetch: answer,
      apiKey: 'sk-test-key',
      baseUrl: 'http://x.example/v1',
      api,
    }).languageModel(modelId);
  };
  const expectHonest = async (call: Promise<unknown>): Promise<void> => {
    const outcome: unknown = await call.catch((error: unknown) => error);
    // A slip of ours in reading would be taken for a broken connection.
    if (outcome instanceof ProviderError) expect(outcome.message).not.toContain('the connection failed');
    else
      expect(outcome).toMatchObject({
        text: expect.any(String),
        model: expect.stringMatching(/^[a-z]+\/./),
        usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
      });
  };

  it.each(['text', 'tool-calls'])('answers nonsense in a whole reply (%s) honestly', async (recorded) => {
    const reply: unknown = JSON.parse(fixtureNamed(folder, `${recorded}.json`));
    for (const path of placesIn(reply)) {
      for (const value of NONSENSE) {
        const body = JSON.stringify(replaced(reply, path, value)) ?? '';
        await expectHonest(modelThatSays('application/json', body).generate(CALL));
      }
    }
  });

  it.each(['text', 'tool-calls'])('answers nonsense in a stream (%s) honestly', async (recorded) => {
    const events = fixtureNamed(folder, `${recorded}.chunks.txt`)
      .split(/\r?\n/)
      .filter((line) => line.startsWith(isLines ? '{' : 'data: {'))
      .map((line) => JSON.parse(isLines ? line : line.slice(6)) as unknown);
    const shapes = new Set<string>();
    for (const [index, event] of events.entries()) {
      const places = placesIn(event);
      // Events of one shape differ in their words only.
      const shape = JSON.stringify([places, (event as { type?: string }).type]);
      if (shapes.has(shape)) continue;
      shapes.add(shape);
      for (const path of places) {
        for (const value of NONSENSE) {
          const body = events.map((other, at) => frame(at === index ? replaced(event, path, value) : other)).join('');
          const contentType = isLines ? 'application/x-ndjson' : 'text/event-stream';
          await expectHonest(collectStream(modelThatSays(contentType, body), CALL));
        }
      }
    }
  });
});
