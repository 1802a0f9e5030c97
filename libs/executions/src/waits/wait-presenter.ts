import type { WaitResponse } from './dto/wait-response.dto.js';
import type { WaitRow } from './waits.read-model.js';

/** What may leave of a wait. */
export function toWait(row: WaitRow): WaitResponse {
  return {
    id: row.id,
    executionId: row.executionId,
    agentId: row.agentId,
    agentName: row.agentName,
    path: row.path,
    kind: row.kind,
    title: row.title,
    payload: row.payload,
    payloadHash: row.payloadHash,
    large: row.large,
    form: row.form,
    decisions: row.decisions ?? [],
    dueAt: row.dueAt?.toISOString() ?? null,
    state: row.state === 'closed' ? 'answered' : row.state,
    answer: row.answer && {
      decision: row.answer.decision,
      data: row.answer.data ?? null,
      large: row.answer.large ?? null,
      error: row.answer.error ?? null,
    },
    answeredBy: row.answeredBy,
    ...(row.runId !== null && { runId: row.runId }),
    ...(row.eventName !== null && { event: { name: row.eventName, correlation: row.eventCorrelation } }),
    createdAt: row.createdAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  };
}
