import type { EffectRecord, StepRecord } from '#kernel';
import { jsonText } from '../json-text.js';

/** A finished step as the journal writes it: a JSON object of `execution_step` columns. */
export function stepRow(step: StepRecord): string {
  return jsonText({
    path: step.path,
    node_id: step.nodeId,
    kind: step.kind,
    status: step.status,
    port: step.port,
    tries: step.tries,
    input: step.input ?? null,
    output: step.output ?? null,
    error: step.error ?? null,
    usage: step.usage ?? null,
    started_at: new Date(step.startedAt).toISOString(),
    finished_at: new Date(step.finishedAt).toISOString(),
  });
}

/** An entry of the effect ledger as the journal writes it: a JSON object of `effect` columns. */
export function effectRow(effect: EffectRecord): string {
  return jsonText({
    path: effect.path,
    call: effect.call,
    round: effect.round,
    state: effect.state,
    request_hash: effect.requestHash,
    response: effect.response ?? null,
  });
}
