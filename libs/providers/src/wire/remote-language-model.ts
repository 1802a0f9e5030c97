import type { CallOptions } from '../model/call-options.js';
import type { CallWarning } from '../model/call-warning.js';
import type { GenerateResult, LanguageModel } from '../model/language-model.js';
import type { StreamPart } from '../model/stream-part.js';
import { type ErrorDialect, type FailedCall, fromErrorBody, toCallError } from './call-error.js';
import type { AskedModel, GrowingAnswer } from './growing-answer.js';
import { parseReply, readJsonReply, refuseWebPage } from './read-json-reply.js';
import { readStream, type Splitter } from './read-stream.js';

/** The longest answer of any model is a few megabytes. */
const LONGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** How often a model that says nothing may be heard to work. */
const PROGRESS_EVERY_MS = 1_000;

export interface SentCall {
  readonly response: Response;
  /** What of the call could not be put into the provider's words. */
  readonly warnings: readonly CallWarning[];
}

/**
 * A model at the other end of a connection: sends one call and reads its reply, streamed or whole. A provider adds
 * how a call is phrased, how a stream is cut into events, and how an answer grows from them.
 */
export abstract class RemoteLanguageModel<Event extends object, Reply extends object> implements LanguageModel {
  readonly provider: string;
  readonly modelId: string;
  readonly simulated = false;

  constructor(
    asked: AskedModel,
    /** Whatever must not appear in an error. */
    private readonly secrets: readonly string[],
    private readonly errors: ErrorDialect,
  ) {
    this.provider = asked.provider;
    this.modelId = asked.modelId;
  }

  /** Makes exactly one attempt; resolves with the reply's head and throws what the transport throws. */
  protected abstract send(options: CallOptions, stream: boolean): Promise<SentCall>;
  protected abstract newAnswer(options: CallOptions): GrowingAnswer<Event, Reply>;
  protected abstract newSplitter(): Splitter;
  /** The error that an event or reply reports instead of an answer. */
  protected abstract errorIn(reply: Event | Reply): unknown;

  async generate(options: CallOptions): Promise<GenerateResult> {
    const answer = this.newAnswer(options);
    try {
      const response = await this.begin(options, answer, false);
      const reply = await this.readReply(response, answer, options);
      const { type: _type, ...end } = answer.finish();
      return { ...end, text: answer.text, toolCalls: answer.toolCalls, simulated: false, raw: reply };
    } catch (error) {
      throw this.asCallError(error, answer, options);
    }
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const answer = this.newAnswer(options);
    try {
      const response = await this.begin(options, answer, true);
      refuseWebPage(response, this.name);
      yield { type: 'stream-start' };
      // A server that ignores `stream` answers whole.
      const isWhole = /\bapplication\/json\b/i.test(response.headers.get('content-type') ?? '');
      yield* isWhole ? this.readWhole(response, answer, options) : this.readEvents(response, answer, options);
      const finish = answer.finish();
      for (const toolCall of answer.toolCalls) yield { type: 'tool-call', toolCall };
      yield finish;
    } catch (error) {
      throw this.asCallError(error, answer, options);
    }
  }

  protected get name(): string {
    return `${this.provider}/${this.modelId}`;
  }

  private async begin(options: CallOptions, answer: GrowingAnswer<Event, Reply>, stream: boolean): Promise<Response> {
    options.signal?.throwIfAborted();
    const { response, warnings } = await this.send(options, stream);
    answer.warnings.push(...warnings);
    answer.begun = true;
    return response;
  }

  private async *readWhole(
    response: Response,
    answer: GrowingAnswer<Event, Reply>,
    options: CallOptions,
  ): AsyncGenerator<StreamPart> {
    await this.readReply(response, answer, options);
    if (answer.text !== '') yield { type: 'text-delta', text: answer.text };
  }

  private async readReply(response: Response, answer: GrowingAnswer<Event, Reply>, options: CallOptions) {
    const reply = await readJsonReply<Reply>(response, this.name, LONGEST_ANSWER_BYTES);
    this.refuseErrorIn(reply, answer, options);
    answer.addReply(reply);
    return reply;
  }

  private async *readEvents(
    response: Response,
    answer: GrowingAnswer<Event, Reply>,
    options: CallOptions,
  ): AsyncGenerator<StreamPart> {
    if (!response.body) return;
    const events = readStream(response.body, this.newSplitter(), { isComplete: () => answer.isComplete });
    let delivered = 0;
    let lastPartAt = performance.now();
    let failure: { readonly reason: unknown } | undefined;
    try {
      for await (const batch of events) {
        let showsWork = false;
        for (const data of batch) {
          const event = parseReply<Event>(data, this.name, answer.text !== '');
          this.refuseErrorIn(event, answer, options);
          answer.addEvent(event);
          showsWork ||= answer.showsWork;
        }
        if (answer.text.length > delivered) {
          const text = answer.text.slice(delivered);
          delivered = answer.text.length;
          lastPartAt = performance.now();
          yield { type: 'text-delta', text };
        } else if (showsWork && performance.now() - lastPartAt > PROGRESS_EVERY_MS) {
          lastPartAt = performance.now();
          yield { type: 'progress' };
        }
      }
    } catch (error) {
      // Once the provider has said that it is finished, a broken ending costs at most the usage counts.
      if (options.signal?.aborted) throw error;
      if (!answer.isFinished) failure = { reason: error };
    }
    // A batch that ended badly may have held words before its bad end.
    if (answer.text.length > delivered) yield { type: 'text-delta', text: answer.text.slice(delivered) };
    if (failure) throw failure.reason;
  }

  private refuseErrorIn(reply: Event | Reply, answer: GrowingAnswer<Event, Reply>, options: CallOptions): void {
    const error = this.errorIn(reply);
    if (error) throw fromErrorBody(error, this.failedCall(answer, options), this.errors);
  }

  private asCallError(error: unknown, answer: GrowingAnswer<Event, Reply>, options: CallOptions): unknown {
    return toCallError(error, this.failedCall(answer, options), this.errors);
  }

  private failedCall(answer: GrowingAnswer<Event, Reply>, options: CallOptions): FailedCall {
    return {
      model: this.name,
      signal: options.signal,
      secrets: this.secrets,
      answering: answer.begun,
      outputStarted: answer.text !== '',
    };
  }
}
