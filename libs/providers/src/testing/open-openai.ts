import type { CallOptions } from '../model/call-options.js';
import type { LanguageModel } from '../model/language-model.js';
import { OpenAIProvider } from '../providers/openai/openai-provider.js';
import { type Fixture, type FixtureRequest, type FixtureServer, startFixtureServer } from './fixture-server.js';

/** In no answer and no error. */
export const API_KEY = 'sk-proj-Zk39canaryQ7vT2mXw8LrB5nYc1HdG';

/** Where the recorded replies of the API lie. */
export const RECORDED = 'openai/__fixtures__';

/** Asks for no more than words. */
export const CALL: CallOptions = { messages: [{ role: 'user', content: 'Fasse zusammen.' }] };

/** A server in place of OpenAI's, and a model of it. */
class OpenAI {
  server!: FixtureServer;

  async serve(reply: (request: FixtureRequest) => Fixture): Promise<FixtureServer> {
    return (this.server = await startFixtureServer(reply));
  }

  async modelFor(reply: (request: FixtureRequest) => Fixture): Promise<LanguageModel> {
    const { baseUrl } = await this.serve(reply);
    return new OpenAIProvider({ fetch, apiKey: API_KEY, baseUrl }).languageModel('gpt-4o-mini');
  }
}

/** For the tests of a file: each may start servers, the last of which is closed when the test ends. */
export function openOpenAI(): OpenAI {
  const openai = new OpenAI();
  // A test may do without a server.
  afterEach(() => openai.server?.close());
  return openai;
}

/** What a call fails with; that it does not is an error of the test. */
export const failureOf = async (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: Error) => error,
  );
