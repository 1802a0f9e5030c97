import type { ResolvedVersion } from '#agents';
import { NO_USAGE } from '#kernel';
import type { ExecutionDetailRow } from './execution-detail.read-model.js';
import type { StartCommand } from './executions.service.js';
import type { AcceptedRun } from './journal/journal-entry.js';
import type { LargeFields } from './payloads/payload.js';
import type { RunEnd } from './run-end.js';

/** A run that this process has just accepted: enough to say what its row says without asking the database. */
export interface KnownRun {
  readonly id: string;
  readonly accept: AcceptedRun;
  readonly command: StartCommand;
  readonly target: ResolvedVersion;
}

/** The row of a run that waits for a worker. */
export function queuedRow({ id, accept, command, target }: KnownRun): ExecutionDetailRow {
  const createdAt = new Date(accept.createdAt);
  return {
    id,
    agentId: target.agentId,
    agentName: target.agentName,
    version: target.version,
    status: 'queued',
    attempt: 0,
    mode: accept.mode,
    trigger: accept.trigger,
    triggerId: accept.triggeredBy?.id ?? null,
    triggerName: accept.triggeredBy?.name ?? null,
    error: null,
    usage: NO_USAGE,
    retryOf: null,
    parentId: null,
    waitingFor: null,
    createdAt,
    startedAt: null,
    finishedAt: null,
    input: accept.large ? null : command.input,
    output: null,
    large: accept.large ?? null,
    metadata: command.metadata ?? null,
    lastSeq: 0,
    cancelRequested: false,
    depth: 0,
    queuedAt: createdAt,
    callbackUrl: command.callbackUrl ?? null,
  };
}

/** The row of a run that ended in its first attempt. */
export function endedRow(run: KnownRun, end: RunEnd): ExecutionDetailRow {
  const queued = queuedRow(run);
  return {
    ...queued,
    status: end.status,
    attempt: 1,
    error: end.error ?? null,
    usage: end.usage,
    startedAt: queued.createdAt,
    finishedAt: new Date(end.finishedAt),
    ...answered(end, run.accept.large),
    lastSeq: end.lastSeq,
    cancelRequested: end.status === 'cancelled',
    queuedAt: null,
  };
}

/** Whoever waits for the end of a run gets its output with it, up to this. */
export const WHOLE_OUTPUT_BYTES = 1024 * 1024;

function answered(
  { output, large }: RunEnd,
  ofInput: LargeFields | undefined,
): Pick<ExecutionDetailRow, 'output' | 'large'> {
  const all = { ...ofInput, ...large };
  if (all.output && all.output.bytes <= WHOLE_OUTPUT_BYTES) delete all.output;
  return { output: all.output ? null : (output ?? null), large: Object.keys(all).length > 0 ? all : null };
}
