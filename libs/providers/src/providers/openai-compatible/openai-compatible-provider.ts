import { OpenAIProvider } from '../openai/openai-provider.js';

export interface OpenAICompatibleProviderOptions {
  /** The only way out: the application passes its egress door. */
  readonly fetch: typeof globalThis.fetch;
  /** First half of `provider/model`: lower-case letters, digits and `-`. */
  readonly name: string;
  /** Where the server's chat completions are, up to `/chat/completions`. */
  readonly baseUrl: string;
  /** May be absent for servers that ask for none. */
  readonly apiKey?: string;
}

/** A server that imitates OpenAI's chat completions, under a name of its own: vLLM, LM Studio, Groq, Mistral, … */
export class OpenAICompatibleProvider extends OpenAIProvider {
  constructor(options: OpenAICompatibleProviderOptions) {
    super({ ...options, api: 'chat-completions' });
  }
}
