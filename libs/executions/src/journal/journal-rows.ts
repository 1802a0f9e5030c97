import type { EffectRecord, Failure, StepRecord } from '#kernel';
import { jsonText } from '../json-text.js';
import { largeFields, type PayloadOutbox, shortened } from '../payloads/payload-outbox.js';
import type { FinishedRun } from './journal-entry.js';

/** A finished step as the journal writes it: a JSON object of `execution_step` columns. */
export function stepRow(step: StepRecord, outbox: PayloadOutbox): string {
  const row = {
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
  };
  return outbox.textOf(row, ['input', 'output', 'error']);
}

/** An entry of the effect ledger as the journal writes it: a JSON object of `effect` columns. */
export function effectRow(effect: EffectRecord, outbox: PayloadOutbox): string {
  const row = {
    path: effect.path,
    call: effect.call,
    round: effect.round,
    state: effect.state,
    request_hash: effect.requestHash,
    response: effect.response ?? null,
  };
  return outbox.textOf(row, ['response']);
}

/** What a run ended with, as its row takes it. */
export function finishedValues(
  { output, error }: { readonly output?: unknown; readonly error?: Failure },
  outbox: PayloadOutbox,
): Pick<FinishedRun, 'outputJson' | 'errorJson' | 'large'> {
  const result = outbox.put(output);
  const failure = outbox.put(error);
  const large = largeFields({ output: result.reference, error: failure.reference });
  return {
    outputJson: output === undefined ? null : result.json,
    errorJson: error ? (failure.json ?? jsonText(shortened(error))) : null,
    ...(large && { large }),
  };
}
