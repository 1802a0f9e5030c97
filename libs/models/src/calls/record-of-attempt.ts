import { newId } from '#platform/ids';
import type { CallOptions, EndedAttempt } from '#providers';
import type { GuardVerdict } from '../guards/guard-verdict.js';
import type { ModelCallRecord, ModelParameters } from './model-call-record.js';
import type { ModelCallRequest } from './model-call-request.js';

interface Circumstances {
  readonly request: Pick<ModelCallRequest, 'stepPath' | 'call' | 'promptId' | 'promptVersion'>;
  /** What this model was asked. */
  readonly options: Pick<CallOptions, 'temperature' | 'topP' | 'maxTokens'>;
  readonly reservationId: string | null;
  readonly guard: GuardVerdict | null;
}

export function recordOfAttempt(attempt: EndedAttempt, circumstances: Circumstances): ModelCallRecord {
  const { request, options, reservationId, guard } = circumstances;
  const { usage, model } = attempt;
  return {
    id: newId(),
    stepPath: request.stepPath,
    call: request.call,
    attempt: attempt.number,
    fallback: attempt.fallback,
    provider: model.provider,
    model: model.id,
    answeredBy: attempt.answeredBy,
    credentialId: attempt.credentialId,
    promptId: request.promptId ?? null,
    promptVersion: request.promptVersion ?? null,
    parameters: parametersOf(options),
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cachedInputTokens: usage.cachedInputTokens,
    reasoningTokens: usage.reasoningTokens,
    costMicroUsd: usage.costMicroUsd,
    usageFlag: flagOf(attempt),
    latencyMs: attempt.latencyMs,
    firstTokenMs: attempt.firstTokenMs,
    finishReason: attempt.finishReason,
    errorCode: attempt.errorCode,
    guard,
    simulated: model.simulated,
    startedAt: Math.round(attempt.startedAt),
    settlement: reservationId === null ? null : { reservationId, amountMicroUsd: usage.costMicroUsd ?? 0 },
  };
}

/** A call that the guards did not let through: it is part of the story, and cost nothing. */
export function recordOfRefusal(
  request: ModelCallRequest,
  model: EndedAttempt['model'],
  errorCode: string,
  guard: GuardVerdict,
): ModelCallRecord {
  const usage = {
    inputTokens: 0,
    outputTokens: 0,
    cachedInputTokens: 0,
    reasoningTokens: 0,
    costMicroUsd: 0,
    estimated: false,
  };
  const attempt = {
    number: 1,
    fallback: false,
    model,
    credentialId: null,
    startedAt: Date.now(),
    latencyMs: 0,
    firstTokenMs: null,
    usage,
    finishReason: null,
    answeredBy: null,
    errorCode,
  };
  return recordOfAttempt(attempt, { request, options: request.options, reservationId: null, guard });
}

function parametersOf({ temperature, topP, maxTokens }: Circumstances['options']): ModelParameters {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
}

/** The built-in model's counts are exact for what it is. */
function flagOf({ usage, model }: EndedAttempt): ModelCallRecord['usageFlag'] {
  if (usage.corrected) return 'corrected';
  return usage.estimated && !model.simulated ? 'estimated' : null;
}
