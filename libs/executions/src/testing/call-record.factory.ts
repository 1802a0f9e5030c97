import type { ModelCallRecord } from '#models';
import { newId } from '#platform/ids';

/** A call that answered at once; whatever matters to a test is given. */
export function testCall(values: Partial<ModelCallRecord> = {}): ModelCallRecord {
  return {
    id: newId(),
    stepPath: 'ask',
    call: 0,
    attempt: 1,
    fallback: false,
    provider: 'openai',
    model: 'openai/gpt-test',
    answeredBy: 'openai/gpt-test-2026',
    credentialId: null,
    promptId: null,
    promptVersion: null,
    parameters: { temperature: 0.2 },
    inputTokens: 100,
    outputTokens: 20,
    cachedInputTokens: 0,
    reasoningTokens: 0,
    costMicroUsd: 300,
    usageFlag: null,
    latencyMs: 12,
    firstTokenMs: 5,
    finishReason: 'stop',
    errorCode: null,
    guard: null,
    simulated: false,
    startedAt: Date.now(),
    settlement: null,
    ...values,
  };
}
