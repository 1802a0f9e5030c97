import { InvalidOutputError } from '../errors/invalid-output-error.js';
import { ModelCallError } from '../errors/model-call-error.js';
import { ProviderError } from '../errors/provider-error.js';
import type { CallOptions } from '../model/call-options.js';
import type { StreamPart } from '../model/stream-part.js';
import type { ToolCall } from '../model/tool.js';
import type { Usage } from '../model/usage.js';
import type { Attempt, CallHooks } from './attempt.js';
import type { Candidate } from './candidate.js';
import type { Outcome, Pass } from './circuit-breaker.js';
import type { Clock } from './clock.js';
import { countInputTokens, countOutputTokens } from './count-call-tokens.js';
import { priceAt } from './model-price.js';
import { priceOf } from './price-of.js';

const CANCELLED = 'provider.cancelled';
/** A provider that asks for a longer pause is left alone by everybody until then. */
const LONG_WAIT_MS = 20_000;
/** They lie in the request, the key or the answer; the provider itself is well. */
const NOT_ITS_FAULT = new Set(['provider.rate_limited', 'provider.invalid_output', 'provider.invalid_tool_call']);

/** Watches one attempt and says in the end, once, how it went. */
export class RunningAttempt {
  private readonly toolCalls: ToolCall[] = [];
  private text = '';
  private hasBegun = false;
  private firstTokenMs: number | null = null;
  private isOver = false;

  constructor(
    readonly candidate: Candidate,
    readonly options: CallOptions,
    private readonly attempt: Attempt,
    private readonly pass: Pass,
    private readonly hooks: CallHooks,
    private readonly clock: Clock,
  ) {}

  get number(): number {
    return this.attempt.number;
  }

  /** Whether part of the answer has been delivered, so that nobody else may continue it. */
  get hasShown(): boolean {
    return this.firstTokenMs !== null;
  }

  note(part: StreamPart): void {
    this.hasBegun = true;
    if (part.type !== 'text-delta' && part.type !== 'tool-call') return;
    this.firstTokenMs ??= this.elapsedMs;
    if (part.type === 'text-delta') this.text += part.text;
    else this.toolCalls.push(part.toolCall);
  }

  answered(answer: { usage: Usage; finishReason: { unified: string }; model: string }): void {
    const { usage, finishReason, model } = answer;
    this.end({ kind: 'success' }, usage, null, { finishReason: finishReason.unified, answeredBy: model });
  }

  /** The caller has left or aborted; says nothing about an attempt that is over. */
  cancelled(): void {
    this.end({ kind: 'neutral' }, this.lostUsage(), CANCELLED);
  }

  failed(error: unknown): void {
    if (!(error instanceof ProviderError))
      return this.end({ kind: 'neutral' }, this.lostUsage(), 'provider.internal_error');
    const usage = error instanceof InvalidOutputError ? error.usage : this.lostUsage();
    this.end(this.outcomeOf(error), usage, error.code);
  }

  private get elapsedMs(): number {
    return Math.max(0, Math.round(this.clock.now() - this.attempt.startedAt));
  }

  private end(
    outcome: Outcome,
    usage: Usage,
    errorCode: string | null,
    answer?: { finishReason: string; answeredBy: string },
  ): void {
    if (this.isOver) return;
    this.isOver = true;
    this.candidate.breaker.leave(this.pass, outcome);
    this.hooks.end?.({
      ...this.attempt,
      latencyMs: this.elapsedMs,
      firstTokenMs: this.firstTokenMs,
      usage,
      finishReason: answer?.finishReason ?? null,
      answeredBy: answer?.answeredBy ?? null,
      errorCode,
    });
  }

  /** A provider that had begun to answer charges for it, and nobody will tell how much. */
  private lostUsage(): Usage {
    const nothing = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
    if (!this.hasBegun) return { ...nothing, costMicroUsd: 0, estimated: false };
    const usage: Usage = {
      ...nothing,
      inputTokens: countInputTokens(this.options),
      outputTokens: countOutputTokens({ text: this.text, toolCalls: this.toolCalls }),
      costMicroUsd: null,
      estimated: true,
    };
    const price = priceAt(this.candidate.description.prices, new Date(this.clock.now()));
    return { ...usage, costMicroUsd: priceOf(usage, price) };
  }

  private outcomeOf(error: ProviderError): Outcome {
    const waitMs = error instanceof ModelCallError ? error.retryAfterMs : undefined;
    const { code } = error;
    if (waitMs !== undefined && waitMs > LONG_WAIT_MS) return { kind: 'closed-until', code, waitMs };
    return error.retryable && !NOT_ITS_FAULT.has(code) ? { kind: 'failure', code } : { kind: 'neutral' };
  }
}
