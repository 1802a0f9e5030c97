import type { ExecutionLogResponse, ExecutionStepResponse } from './dto/execution-detail-response.dto.js';
import type { ExecutionResponse, ExecutionSummaryResponse } from './dto/execution-response.dto.js';
import type { ExecutionDetailRow } from './execution-detail.read-model.js';
import type { ExecutionListRow } from './execution-list.read-model.js';
import type { ExecutionLog } from './execution-log.entity.js';
import type { ExecutionStep } from './execution-step.entity.js';
import { toWait } from './waits/wait-presenter.js';
import type { WaitRow } from './waits/waits.read-model.js';

/** What may leave of a run: a new column stays private until it is listed here. */
export function toSummary(row: ExecutionListRow): ExecutionSummaryResponse {
  return {
    id: row.id,
    agentId: row.agentId,
    agentName: row.agentName,
    version: row.version,
    status: row.status,
    attempt: row.attempt,
    mode: row.mode,
    trigger: row.trigger,
    triggerId: row.triggerId,
    triggerName: row.triggerName,
    error: row.error,
    usage: row.usage,
    retryOf: row.retryOf,
    parentId: row.parentId,
    waitingFor: row.waitingFor,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    queuedMs: row.startedAt ? Math.max(0, row.startedAt.getTime() - row.createdAt.getTime()) : null,
  };
}

export function toDetail(row: ExecutionDetailRow, openWaits: readonly WaitRow[] = []): ExecutionResponse {
  return {
    ...toSummary(row),
    input: row.input,
    output: row.output,
    large: row.large,
    metadata: row.metadata,
    lastSeq: row.lastSeq,
    cancelRequested: row.cancelRequested,
    depth: row.depth,
    queuedAt: row.queuedAt?.toISOString() ?? null,
    callbackUrl: row.callbackUrl,
    waits: openWaits.map(toWait),
  };
}

export function toStep(step: ExecutionStep): ExecutionStepResponse {
  return {
    path: step.path,
    nodeId: step.nodeId,
    kind: step.kind,
    status: step.status,
    port: step.port,
    tries: step.tries,
    input: step.input,
    output: step.output,
    error: step.error,
    large: step.large,
    usage: step.usage,
    startedAt: step.startedAt.toISOString(),
    finishedAt: step.finishedAt.toISOString(),
  };
}

export function toLogLine(line: ExecutionLog): ExecutionLogResponse {
  return {
    seq: line.seq,
    stepId: line.stepPath,
    level: line.level,
    message: line.message,
    at: line.createdAt.toISOString(),
  };
}
