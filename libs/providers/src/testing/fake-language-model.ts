import { collectStream } from '../model/collect-stream.js';
import type { CallOptions } from '../model/call-options.js';
import { estimateTokens } from '../model/estimate-tokens.js';
import type { GenerateResult, LanguageModel } from '../model/language-model.js';
import { textOf } from '../model/message.js';
import type { FinishPart, StreamPart } from '../model/stream-part.js';
import type { ToolCall } from '../model/tool.js';

/** What the fake does with one call: says something, calls tools, fails at once, or fails in the middle. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly toolCalls?: readonly ToolCall[];
  /** Thrown instead of finishing, after the text. */
  readonly error?: Error;
  /** Pause before each word of a stream, in milliseconds. Default 0. */
  readonly delayMs?: number;
  readonly finish?: Partial<FinishPart>;
}

/** A model that says what it was told to say, in order, and remembers what it was asked. */
export class FakeLanguageModel implements LanguageModel {
  readonly provider = 'fake';
  readonly modelId = 'scripted';
  readonly simulated = true;
  /** Options of every call, oldest first. */
  readonly calls: CallOptions[] = [];
  private readonly script: readonly (ScriptedAnswer | ((options: CallOptions) => ScriptedAnswer))[];

  /** When the script runs out, its last answer is repeated. */
  constructor(...script: (ScriptedAnswer | ((options: CallOptions) => ScriptedAnswer))[]) {
    this.script = script.length > 0 ? script : [{ text: 'Hello.' }];
  }

  async generate(options: CallOptions): Promise<GenerateResult> {
    return collectStream(this, options);
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    const { signal } = options;
    signal?.throwIfAborted();
    const next = this.script[Math.min(this.calls.length, this.script.length - 1)]!;
    this.calls.push(options);
    const answer = typeof next === 'function' ? next(options) : next;
    if (answer.error && !answer.text) throw answer.error;
    yield { type: 'stream-start' };
    for (const word of answer.text?.match(/\s*\S+/g) ?? []) {
      if (answer.delayMs) await pause(answer.delayMs, signal);
      signal?.throwIfAborted();
      yield { type: 'text-delta', text: word };
    }
    if (answer.error) throw answer.error;
    for (const toolCall of answer.toolCalls ?? []) yield { type: 'tool-call', toolCall };
    yield { ...ending(answer, options), ...answer.finish };
  }
}

function ending(answer: ScriptedAnswer, options: CallOptions): FinishPart {
  const calls = answer.toolCalls ?? [];
  return {
    type: 'finish',
    finishReason: calls.length > 0 ? { unified: 'tool-calls', raw: 'tool_calls' } : { unified: 'stop', raw: 'stop' },
    usage: {
      inputTokens: options.messages.reduce((sum, message) => sum + estimateTokens(textOf(message)), 0),
      outputTokens: estimateTokens((answer.text ?? '') + JSON.stringify(calls)),
      cachedInputTokens: 0,
      reasoningTokens: 0,
      costMicroUsd: 0,
      estimated: true,
    },
    model: 'fake/scripted',
    warnings: [],
  };
}

/** Rejects with the signal's reason as soon as it is aborted. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
