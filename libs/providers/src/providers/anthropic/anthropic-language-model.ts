import type { CallOptions } from '../../model/call-options.js';
import { RemoteLanguageModel, type SentCall } from '../../wire/remote-language-model.js';
import { ServerSentEvents } from '../../wire/server-sent-events.js';
import { AnthropicAnswer } from './anthropic-answer.js';
import type { AnthropicEvent, AnthropicMessage } from './anthropic-api-types.js';
import { ANTHROPIC_ERRORS } from './anthropic-error.js';
import type { AnthropicConnection } from './anthropic-provider.js';
import { convertToAnthropicRequest } from './convert-to-anthropic-request.js';

/** A model behind Anthropic's Messages API. */
export class AnthropicLanguageModel extends RemoteLanguageModel<AnthropicEvent, AnthropicMessage> {
  constructor(
    modelId: string,
    private readonly connection: AnthropicConnection,
  ) {
    super({ provider: connection.provider, modelId }, connection.secrets, ANTHROPIC_ERRORS);
  }

  prepare(): Promise<unknown> {
    return this.connection.client();
  }

  protected async send(options: CallOptions, stream: boolean): Promise<SentCall> {
    const { body, warnings, apiVersion } = await convertToAnthropicRequest(this.modelId, options);
    const client = await this.connection.client();
    // Not `messages.create`, which prints a warning with every call of a model that is about to be retired.
    const headers = apiVersion === undefined ? undefined : { 'anthropic-version': apiVersion };
    const request = { body: { ...body, stream }, headers, signal: options.signal };
    return { response: await client.post('/v1/messages', request).asResponse(), warnings };
  }

  protected newAnswer(options: CallOptions): AnthropicAnswer {
    return new AnthropicAnswer(this, options);
  }

  protected newSplitter(): ServerSentEvents {
    return new ServerSentEvents();
  }

  protected errorIn(reply: AnthropicEvent | AnthropicMessage): unknown {
    return reply.type === 'error' ? (reply.error ?? reply) : reply.error;
  }
}
