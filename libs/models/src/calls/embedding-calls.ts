import { Injectable } from '@nestjs/common';
import { despiteAbsence } from '#platform/database';
import { type EmbedResult, type EndedAttempt, ProviderError } from '#providers';
import { ModelsMetrics } from '../models.metrics.js';
import { CallAllowances } from './call-allowances.js';
import type { ModelCallHooks } from './model-calls.js';
import type { ModelCallRequest } from './model-call-request.js';
import { ModelDirectory } from './model-directory.js';
import { mostThatTextsCanUse } from './most-it-can-use.js';
import { recordOfAttempt } from './record-of-attempt.js';

const NO_TOKENS = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };

/** Texts of a run that are to be placed in a space of meaning. */
export interface EmbeddingCallRequest extends Pick<ModelCallRequest, 'model' | 'stepPath' | 'call' | 'payer'> {
  /** At least one, none of them empty. */
  readonly texts: readonly string[];
}

/**
 * What stands between a run and an embedding model: money, the call, its record. One attempt at one model: vectors of
 * another one could not be compared, and the step above tries again.
 */
@Injectable()
export class EmbeddingCalls {
  constructor(
    private readonly directory: ModelDirectory,
    private readonly allowances: CallAllowances,
    private readonly metrics: ModelsMetrics,
  ) {}

  /** @throws ProviderError · BudgetExhausted · AppError model.not_allowed, model.price_unknown; the signal's reason */
  async embed(request: EmbeddingCallRequest, hooks: Pick<ModelCallHooks, 'signal' | 'onRecord'>): Promise<EmbedResult> {
    const { model, description, credentialId } = await despiteAbsence(
      () => this.directory.embedding(request.model),
      hooks,
    );
    const most = mostThatTextsCanUse(request.texts, description);
    const allowance = await despiteAbsence(() => this.allowances.take(request.payer, most), hooks);
    const { reservationId } = allowance;
    const startedAt = Date.now();
    const attempt = { number: 1, fallback: false, model: description, credentialId, startedAt };
    const end = (ended: Pick<EndedAttempt, 'usage' | 'answeredBy' | 'errorCode' | 'finishReason'>): void => {
      const done = { ...attempt, ...ended, latencyMs: Date.now() - startedAt, firstTokenMs: null };
      this.metrics.ended(done);
      this.allowances.giveBack(allowance, done.usage);
      hooks.onRecord(recordOfAttempt(done, { request, options: {}, reservationId, guard: null }));
    };
    try {
      const result = await model.embed({ texts: request.texts, signal: hooks.signal });
      end({ usage: result.usage, answeredBy: result.model, errorCode: null, finishReason: 'stop' });
      return result;
    } catch (error) {
      const code = error instanceof ProviderError ? error.code : 'provider.internal_error';
      const errorCode = hooks.signal.aborted ? 'provider.cancelled' : code;
      const usage = { ...NO_TOKENS, costMicroUsd: 0, estimated: false };
      end({ usage, answeredBy: null, errorCode, finishReason: null });
      throw error;
    }
  }
}
