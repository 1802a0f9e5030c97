import type { ModelCallRecord } from '#models';
import { jsonText } from '../json-text.js';

/** Whose call it was; what the record itself does not know. */
export interface CallFacts {
  readonly executionId: string;
  readonly agentId: string;
  readonly agentVersion: number;
  readonly userId: string | null;
}

/** One attempt at a provider as the journal writes it: a JSON object of `generation` columns, and how it is settled. */
export function callRow(record: ModelCallRecord, { executionId, agentId, agentVersion, userId }: CallFacts): string {
  return jsonText({
    execution_id: executionId,
    id: record.id,
    agent_id: agentId,
    agent_version: agentVersion,
    user_id: userId,
    step_path: record.stepPath,
    call: record.call,
    attempt: record.attempt,
    fallback: record.fallback,
    provider: record.provider,
    model: record.model,
    answered_by: record.answeredBy,
    credential_id: record.credentialId,
    prompt_id: record.promptId,
    prompt_version: record.promptVersion,
    parameters: record.parameters,
    input_tokens: record.inputTokens,
    output_tokens: record.outputTokens,
    cached_input_tokens: record.cachedInputTokens,
    reasoning_tokens: record.reasoningTokens,
    cost_micro_usd: record.costMicroUsd,
    usage_flag: record.usageFlag,
    latency_ms: Math.round(record.latencyMs),
    first_token_ms: record.firstTokenMs === null ? null : Math.round(record.firstTokenMs),
    finish_reason: record.finishReason,
    error_code: record.errorCode,
    guard: record.guard,
    simulated: record.simulated,
    started_at: new Date(record.startedAt).toISOString(),
    reservation_id: record.settlement?.reservationId || null,
    settled: record.settlement?.amountMicroUsd ?? null,
  });
}
