import { createProvider, PROVIDER_KINDS } from './create-provider.js';
import { createProviders } from './create-providers.js';

const offline = () => Promise.reject(new Error('nothing may leave'));

describe('createProviders', () => {
  it('has the offline models alone when nothing is configured', () => {
    const router = createProviders({ fetch: offline });
    expect(new Set(router.models().flatMap((model) => (model.available ? [model.provider] : [])))).toEqual(
      new Set(['simulated']),
    );
  });

  it('knows each provider under its name, and compatible servers under theirs', () => {
    const router = createProviders({
      fetch: offline,
      openai: { apiKey: 'a' },
      anthropic: { apiKey: 'b' },
      google: { apiKey: 'c' },
      ollama: { baseUrl: 'http://127.0.0.1:11434' },
      compatible: [
        { name: 'groq', baseUrl: 'https://groq.example/v1', apiKey: 'd' },
        { name: 'local', baseUrl: 'http://127.0.0.1:8000/v1' },
      ],
    });
    const names = ['openai/x', 'anthropic/x', 'google/x', 'ollama/qwen3:8b', 'groq/meta/llama-4', 'local/x'];
    expect(names.map((name) => router.languageModel(name).provider)).toEqual(
      names.map((name) => name.slice(0, name.indexOf('/'))),
    );
  });

  it.each(['simulated', 'anthropic', 'Groq', 'a/b', '', 'local'])('takes no compatible server called "%s"', (name) => {
    const server = { name, baseUrl: 'https://x.example/v1' };
    const compatible = [{ name: 'local', baseUrl: 'https://y.example/v1' }, server];
    expect(() => createProviders({ fetch: offline, compatible })).toThrow('cannot be called');
  });
});

describe('createProvider', () => {
  it.each(PROVIDER_KINDS)('makes a %s provider from credentials of the moment, under the name it is given', (kind) => {
    const provider = createProvider(kind, { fetch: offline, name: 'ours', apiKey: 'k', baseUrl: 'https://x.example' });
    expect(provider.languageModel('m')).toMatchObject({ provider: 'ours', modelId: 'm', simulated: false });
  });

  it.each([
    ['openai', 'apiKey'],
    ['anthropic', 'apiKey'],
    ['google', 'apiKey'],
    ['openai-compatible', 'baseUrl'],
  ] as const)('says that %s needs %s', (kind, option) => {
    expect(() => createProvider(kind, { fetch: offline, apiKey: '', baseUrl: '' })).toThrow(
      `A provider of kind "${kind}" needs ${option}.`,
    );
  });

  it.each(['x.example/v1', 'file:///etc/passwd', 'http://'])('refuses "%s" as a base URL', (baseUrl) => {
    expect(() => createProvider('ollama', { fetch: offline, baseUrl })).toThrow('must be an http or https address');
  });

  it.each(PROVIDER_KINDS)('sends no header of the environment to a server that somebody chose (%s)', async (kind) => {
    const secret = 'X-Team: canary-of-the-operator\nAuthorization: Bearer canary-of-the-operator';
    const environment = { OPENAI_CUSTOM_HEADERS: secret, ANTHROPIC_CUSTOM_HEADERS: secret, OLLAMA_API_KEY: 'canary' };
    Object.assign(process.env, environment);
    let sent = '';
    const fetch: typeof globalThis.fetch = (_input, init) => {
      sent = JSON.stringify([...new Headers(init?.headers)]);
      return Promise.resolve(new Response('{}', { status: 400 }));
    };
    const provider = createProvider(kind, { fetch, apiKey: 'the-key-given', baseUrl: 'https://x.example/v1' });
    const call = provider.languageModel('m').generate({ messages: [{ role: 'user', content: 'Hi' }] });
    await expect(call).rejects.toMatchObject({ code: 'provider.bad_request' });
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
    expect(sent).toContain('the-key-given');
    expect(sent).not.toMatch(/canary|stainless/i);
  });
});
