import { setImmediate as nextTurn } from 'node:timers/promises';
import { ModelCallError } from '../../errors/model-call-error.js';
import type { CallOptions } from '../../model/call-options.js';
import type { CallWarning } from '../../model/call-warning.js';
import { estimateTokens } from '../../model/estimate-tokens.js';
import type { FinishReason } from '../../model/finish-reason.js';
import type { GenerateResult, LanguageModel } from '../../model/language-model.js';
import { type Message, textOf } from '../../model/message.js';
import type { StreamPart } from '../../model/stream-part.js';
import { type Pace, paced } from './pace.js';
import { respond } from './respond.js';
import { limitLength } from './limit-length.js';

export const SIMULATED_CONTEXT_TOKENS = 256_000;
const TOKENS_PER_MESSAGE = 4;

/**
 * The built-in model: deterministic, offline, and not a neural model. It does modest work with the text it is given
 * (see `respond`), so that agents mean something on a machine without a key.
 */
export class SimulatedLanguageModel implements LanguageModel {
  readonly provider = 'simulated';
  readonly modelId = 'offline';
  readonly simulated = true;

  constructor(private readonly pace: Pace) {}

  async generate(options: CallOptions): Promise<GenerateResult> {
    // Others get a turn, and an abort is heard, before the work begins, which is done in one go.
    await nextTurn();
    options.signal?.throwIfAborted();
    return answer(options);
  }

  async *stream(options: CallOptions): AsyncGenerator<StreamPart, void, undefined> {
    await nextTurn();
    options.signal?.throwIfAborted();
    yield { type: 'stream-start' };
    const { text, toolCalls, simulated: _simulated, ...end } = answer(options);
    for await (const piece of paced(text, this.pace, options.signal)) yield { type: 'text-delta', text: piece };
    for (const toolCall of toolCalls) yield { type: 'tool-call', toolCall };
    yield { type: 'finish', ...end };
  }
}

function answer(options: CallOptions): GenerateResult {
  const inputTokens = options.messages.reduce((sum, message) => sum + tokensOf(message), toolTokens(options));
  if (inputTokens > SIMULATED_CONTEXT_TOKENS) {
    throw new ModelCallError(
      'provider.context_length_exceeded',
      `simulated/offline reads at most ${SIMULATED_CONTEXT_TOKENS} tokens; the prompt has about ${inputTokens}. Shorten it or split it.`,
    );
  }
  const response = respond(options);
  const limited = limitLength(response.text, options.maxTokens, options.stop);
  const called = response.toolCalls.map((call) => call.toolName + JSON.stringify(call.arguments)).join('');
  const finishReason: FinishReason =
    response.toolCalls.length > 0
      ? { unified: 'tool-calls', raw: 'tool_calls' }
      : { unified: limited.reason, raw: limited.reason };
  return {
    text: limited.text,
    toolCalls: response.toolCalls,
    finishReason,
    usage: {
      inputTokens,
      outputTokens: estimateTokens(limited.text + called),
      cachedInputTokens: 0,
      reasoningTokens: 0,
      costMicroUsd: 0,
      estimated: true,
    },
    model: 'simulated/offline',
    simulated: true,
    warnings: warningsFor(options),
    raw: { task: response.task },
  };
}

function tokensOf(message: Message): number {
  return TOKENS_PER_MESSAGE + estimateTokens(textOf(message));
}

function toolTokens(options: CallOptions): number {
  return (options.tools ?? []).reduce(
    (sum, tool) => sum + estimateTokens(tool.name + tool.description + JSON.stringify(tool.parameters)),
    0,
  );
}

/** Temperature and topP are accepted in silence: an answer that never varies satisfies every temperature. */
function warningsFor(options: CallOptions): CallWarning[] {
  const hasImages = options.messages.some(
    (message) =>
      message.role === 'user' &&
      typeof message.content !== 'string' &&
      message.content.some((part) => part.type === 'image'),
  );
  return hasImages
    ? [{ kind: 'unsupported-content', message: 'The offline model cannot see; images were ignored.' }]
    : [];
}
