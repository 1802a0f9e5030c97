import type { CallOptions } from '../../model/call-options.js';
import { RemoteLanguageModel, type SentCall } from '../../wire/remote-language-model.js';
import { ServerSentEvents } from '../../wire/server-sent-events.js';
import { convertToOpenAIResponsesRequest } from './convert-to-openai-responses-request.js';
import { OPENAI_ERRORS } from './openai-error.js';
import type { OpenAIConnection } from './openai-provider.js';
import { OpenAIResponsesAnswer } from './openai-responses-answer.js';
import type { OpenAIResponse, OpenAIResponseEvent } from './openai-responses-api-types.js';

/** A model behind OpenAI's Responses API. Nothing is kept there: every call brings its whole conversation. */
export class OpenAIResponsesLanguageModel extends RemoteLanguageModel<OpenAIResponseEvent, OpenAIResponse> {
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
    const { body, warnings } = convertToOpenAIResponsesRequest(this.modelId, options);
    const client = await this.connection.client();
    const request = { signal: options.signal };
    const response = stream
      ? await client.responses.create({ ...body, stream: true }, request).asResponse()
      : await client.responses.create(body, request).asResponse();
    return { response, warnings };
  }

  protected newAnswer(options: CallOptions): OpenAIResponsesAnswer {
    return new OpenAIResponsesAnswer(this, options);
  }

  protected newSplitter(): ServerSentEvents {
    return new ServerSentEvents();
  }

  protected errorIn(reply: OpenAIResponseEvent & OpenAIResponse): unknown {
    if (reply.type === 'error') return reply.error ?? reply;
    if (reply.type === 'response.failed') return reply.response?.error ?? 'the response failed';
    return reply.error ?? (reply.status === 'failed' ? 'the response failed' : undefined);
  }
}
