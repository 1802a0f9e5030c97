import type { ExecutionDetailRow } from '../execution-detail.read-model.js';

/** A finished run as the read model gives it. */
export function testDetail(values: Partial<ExecutionDetailRow> = {}): ExecutionDetailRow {
  const at = new Date('2026-01-01T00:00:00.000Z');
  return {
    id: '01900000-0000-7000-8000-0000000000aa',
    agentId: '01900000-0000-7000-8000-0000000000bb',
    agentName: 'Support',
    version: 1,
    status: 'succeeded',
    attempt: 1,
    mode: 'interactive',
    trigger: 'api',
    triggerId: null,
    triggerName: null,
    error: null,
    usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 },
    retryOf: null,
    parentId: null,
    waitingFor: null,
    createdAt: at,
    startedAt: at,
    finishedAt: at,
    input: {},
    output: null,
    large: null,
    metadata: null,
    lastSeq: 2,
    cancelRequested: false,
    depth: 0,
    queuedAt: null,
    callbackUrl: null,
    ...values,
  };
}
