import { createHash } from 'node:crypto';
import { StepError, type WaitRequest } from '#kernel';
import { jsonText } from '../json-text.js';
import type { PayloadOutbox } from '../payloads/payload-outbox.js';

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
  outbox: PayloadOutbox,
): (state: 'open' | 'void') => string {
  const payload = (request.kind === 'run' ? request.run : request.payload) ?? null;
  const payloadJson = jsonText(payload);
  if (payloadJson.length > MAX_PAYLOAD_BYTES) throw payloadTooLarge(payloadJson.length);
  const { reference } = outbox.put(payload);
  const row = {
    id: ids.id,
    path,
    key: request.key,
    kind: request.kind,
    title: shownTitle(request),
    payload_hash: payloadHash(payloadJson),
    form: request.form ?? null,
    decisions: request.decisions ?? DEFAULT_DECISIONS[request.kind] ?? null,
    due_at: request.dueAt === undefined ? null : new Date(request.dueAt).toISOString(),
    event_name: request.event?.name ?? null,
    event_correlation: request.event?.correlation ?? null,
    run_id: ids.runId,
  };
  const shown = reference ? { ...row, large: { payload: reference } } : row;
  return (state) => `${jsonText({ ...shown, state }).slice(0, -1)},"payload":${reference ? 'null' : payloadJson}}`;
}

export function shownTitle({ title }: WaitRequest): string {
  return title.slice(0, MAX_TITLE_CHARACTERS);
}

function payloadTooLarge(bytes: number): StepError {
  return new StepError({
    code: 'wait.payload_too_large',
    message: `What is to be decided upon is ${bytes} bytes of JSON; at most ${MAX_PAYLOAD_BYTES} can be shown. Pass on less of it.`,
    retryable: false,
  });
}
