import type { CallOptions } from '../../model/call-options.js';
import { RemoteLanguageModel, type SentCall } from '../../wire/remote-language-model.js';
import { ServerSentEvents } from '../../wire/server-sent-events.js';
import { convertToOpenAIRequest } from './convert-to-openai-request.js';
import { OpenAIAnswer } from './openai-answer.js';
import type { OpenAIChunk, OpenAICompletion } from './openai-api-types.js';
import { OPENAI_ERRORS } from './openai-error.js';
import type { OpenAIConnection } from './openai-provider.js';

/** A chat model behind the completions dialect. */
export class OpenAILanguageModel extends RemoteLanguageModel<OpenAIChunk, OpenAICompletion> {
  constructor(
    modelId: string,
    private readonly connection: OpenAIConnection,
  ) {
    super({ provider: connection.provider, modelId }, connection.secrets, OPENAI_ERRORS);
  }

  prepare(): Promise<unknown> {
    return this.connection.client();
  }

  protected async send(options: CallOptions, stream: boolean): Promise<SentCall> {
    const { body, warnings } = convertToOpenAIRequest(this.modelId, options, this.connection.isOpenAI);
    const client = await this.connection.client();
    const request = { signal: options.signal };
    const response = stream
      ? await client.chat.completions
          .create({ ...body, stream: true, stream_options: { include_usage: true } }, request)
          .asResponse()
      : await client.chat.completions.create(body, request).asResponse();
    return { response, warnings };
  }

  protected newAnswer(options: CallOptions): OpenAIAnswer {
    return new OpenAIAnswer(this, options);
  }

  protected newSplitter(): ServerSentEvents {
    return new ServerSentEvents();
  }

  protected errorIn(reply: OpenAIChunk | OpenAICompletion): unknown {
    return reply.error;
  }
}
