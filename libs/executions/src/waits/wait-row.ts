import { createHash } from 'node:crypto';
import { StepError, type WaitRequest } from '#kernel';
import { jsonText } from '../json-text.js';

/** A person reads the payload, and lists carry it; more belongs behind a link. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

const MAX_TITLE_CHARACTERS = 300;

const DEFAULT_DECISIONS: Readonly<Partial<Record<WaitRequest['kind'], readonly string[]>>> = {
  approval: ['approved', 'rejected'],
  effect: ['happened', 'not_happened'],
};

/** What a decision is bound to. */
export function payloadHash(payloadJson: string): string {
  return createHash('sha256').update(payloadJson).digest('hex');
}

/**
 * A wait as the journal writes it: a JSON object of `wait` columns.
 * @param ids of the wait and, for kind `run`, of the run to come
 * @throws StepError when the payload is too large to be shown to anybody
 */
export function waitRow(
  path: string,
  request: WaitRequest,
  ids: { readonly id: string; readonly runId: string | null },
): (state: 'open' | 'void') => string {
  const payloadJson = jsonText((request.kind === 'run' ? request.run : request.payload) ?? null);
  if (payloadJson.length > MAX_PAYLOAD_BYTES) throw payloadTooLarge(payloadJson.length);
  const row = {
    id: ids.id,
    path,
    key: request.key,
    kind: request.kind,
    title: request.title.slice(0, MAX_TITLE_CHARACTERS),
    payload_hash: payloadHash(payloadJson),
    form: request.form ?? null,
    decisions: request.decisions ?? DEFAULT_DECISIONS[request.kind] ?? null,
    due_at: request.dueAt === undefined ? null : new Date(request.dueAt).toISOString(),
    event_name: request.event?.name ?? null,
    event_correlation: request.event?.correlation ?? null,
    run_id: ids.runId,
  };
  return (state) => `${jsonText({ ...row, state }).slice(0, -1)},"payload":${payloadJson}}`;
}

function payloadTooLarge(bytes: number): StepError {
  return new StepError({
    code: 'wait.payload_too_large',
    message: `What is to be decided upon is ${bytes} bytes of JSON; at most ${MAX_PAYLOAD_BYTES} can be shown. Pass on less of it.`,
    retryable: false,
  });
}
