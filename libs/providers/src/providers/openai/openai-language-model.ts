import type { CallOptions } from '../../model/call-options.js';
import type { GenerateResult, LanguageModel } from '../../model/language-model.js';
import type { StreamPart } from '../../model/stream-part.js';
import { convertToOpenAIRequest } from './convert-to-openai-request.js';
import { OpenAIAnswer } from './openai-answer.js';
import type { OpenAIChunk, OpenAICompletion } from './openai-api-types.js';
import { fromErrorBody, toProviderError } from './openai-error.js';
import type { OpenAIConnection } from './openai-provider.js';
import { parseReply, readJsonReply, refuseWebPage } from './read-json-reply.js';
import { readServerSentEvents } from './read-server-sent-events.js';

/** A chat model behind the completions dialect. */
export class OpenAILanguageModel implements LanguageModel {
  readonly provider = 'openai';
  readonly simulated = false;

  constructor(
    readonly modelId: string,
    private readonly connection: OpenAIConnection,
  ) {}

  async generate(options: CallOptions): Promise<GenerateResult> {
    const answer = new OpenAIAnswer(this.modelId, options);
    try {
      const response = await this.send(options, answer, false);
      const reply = await readJsonReply<OpenAICompletion>(response, this.name);
      this.addCompletion(answer, reply, options);
      const { type: _type, ...end } = answer.finish();
      return { ...end, text: answer.text, toolCalls: answer.toolCalls, simulated: false, raw: reply };
    } catch (error) {
      throw this.asProviderError(error, answer, options);
    }
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const answer = new OpenAIAnswer(this.modelId, options);
    try {
      const response = await this.send(options, answer, true);
      refuseWebPage(response, this.name);
      yield { type: 'stream-start' };
      // A server that ignores `stream` answers whole.
      const isWhole = response.headers.get('content-type')?.includes('json');
      yield* isWhole ? this.readWhole(response, answer, options) : this.readChunks(response, answer, options);
      const finish = answer.finish();
      for (const toolCall of answer.toolCalls) yield { type: 'tool-call', toolCall };
      yield finish;
    } catch (error) {
      throw this.asProviderError(error, answer, options);
    }
  }

  private get name(): string {
    return `${this.provider}/${this.modelId}`;
  }

  private async send(options: CallOptions, answer: OpenAIAnswer, stream: boolean): Promise<Response> {
    options.signal?.throwIfAborted();
    const { body, warnings } = convertToOpenAIRequest(this.modelId, options, this.connection.isOpenAI);
    answer.warnings.push(...warnings);
    const client = await this.connection.client();
    const request = { signal: options.signal };
    const response = stream
      ? await client.chat.completions
          .create({ ...body, stream: true, stream_options: { include_usage: true } }, request)
          .asResponse()
      : await client.chat.completions.create(body, request).asResponse();
    answer.begun = true;
    return response;
  }

  private async *readWhole(response: Response, answer: OpenAIAnswer, options: CallOptions): AsyncGenerator<StreamPart> {
    this.addCompletion(answer, await readJsonReply<OpenAICompletion>(response, this.name), options);
    if (answer.text !== '') yield { type: 'text-delta', text: answer.text };
  }

  private async *readChunks(
    response: Response,
    answer: OpenAIAnswer,
    options: CallOptions,
  ): AsyncGenerator<StreamPart> {
    if (!response.body) return;
    try {
      for await (const batch of readServerSentEvents(response.body, { isComplete: () => answer.isComplete })) {
        const before = answer.text.length;
        for (const data of batch) {
          const chunk = parseReply<OpenAIChunk>(data, this.name, answer.text !== '');
          this.refuseErrorBody(chunk, answer, options);
          const choice = chunk.choices?.[0];
          answer.add(chunk, choice?.delta, choice?.finish_reason);
        }
        if (answer.text.length > before) yield { type: 'text-delta', text: answer.text.slice(before) };
      }
    } catch (error) {
      // Once the provider has said that it is finished, a broken ending costs at most the usage counts.
      if (!answer.isFinished || options.signal?.aborted) throw error;
    }
  }

  private addCompletion(answer: OpenAIAnswer, reply: OpenAICompletion, options: CallOptions): void {
    this.refuseErrorBody(reply, answer, options);
    const choice = reply.choices?.[0];
    answer.add(reply, choice?.message, choice?.finish_reason ?? (choice?.message ? 'unknown' : undefined));
  }

  private refuseErrorBody(reply: OpenAICompletion | OpenAIChunk, answer: OpenAIAnswer, options: CallOptions): void {
    if (reply.error) throw fromErrorBody(reply.error, this.failedCall(answer, options));
  }

  private asProviderError(error: unknown, answer: OpenAIAnswer, options: CallOptions): unknown {
    return toProviderError(error, this.failedCall(answer, options));
  }

  private failedCall(answer: OpenAIAnswer, options: CallOptions) {
    return {
      model: this.name,
      signal: options.signal,
      secrets: this.connection.secrets,
      answering: answer.begun,
      outputStarted: answer.text !== '',
    };
  }
}
