import type { CallbackToArm, JournalEntry } from './journal-entry.js';
import { type JournalParts, journalText } from './journal-statement.js';

/** The statement for a batch with its parameters: JSON arrays glued from the entries' ready-made pieces. */
export function journalStatement(entries: readonly JournalEntry[]): { sql: string; parameters: string[] } {
  const parts: JournalParts = {
    waits: entries.some(hasWaits),
    payloads: entries.some(hasPayloads),
    calls: entries.some(({ calls }) => calls !== undefined),
    events: entries.some(({ finish, waits }) => finish !== undefined || (waits?.opened.length ?? 0) > 0),
  };
  const parameters = leanParameters(entries);
  if (parts.waits) parameters.push(...waitParameters(entries));
  if (parts.payloads) parameters.push(...payloadParameters(entries));
  if (parts.calls) parameters.push(array(entries.flatMap(({ calls = [] }) => calls)));
  return { sql: journalText(parts), parameters };
}

function hasWaits({ suspend, waits, effects, accept }: JournalEntry): boolean {
  return suspend !== undefined || waits !== undefined || effects !== undefined || Boolean(accept?.callback);
}

function hasPayloads({ accept, payloads, payloadsOf }: JournalEntry): boolean {
  return payloads !== undefined || payloadsOf !== undefined || accept?.inputPayload !== undefined;
}

function leanParameters(entries: readonly JournalEntry[]): string[] {
  const accepted: string[] = [];
  const finished: string[] = [];
  const held: string[] = [];
  const steps: string[] = [];
  const events: string[] = [];
  const logs: string[] = [];
  for (const entry of entries) {
    const id = `"execution_id":"${entry.executionId}"`;
    if (entry.accept) accepted.push(acceptedRow(entry));
    else if (entry.finish) finished.push(finishedRow(entry));
    else if (!entry.suspend) held.push(`{"id":"${entry.executionId}","attempt":${entry.attempt}}`);
    for (const step of entry.steps) steps.push(`{${id},${step.slice(1)}`);
    if (entry.events) {
      events.push(
        `{${id},"first_seq":${entry.events.firstSeq},"last_seq":${entry.events.lastSeq},"events":${entry.events.json}}`,
      );
    }
    for (const log of entry.logs) logs.push(`{${id},${log.slice(1)}`);
  }
  return [accepted, finished, held, steps, events, logs].map(array);
}

function waitParameters(entries: readonly JournalEntry[]): string[] {
  const suspended: string[] = [];
  const opened: string[] = [];
  const closed: string[] = [];
  const voided: string[] = [];
  const effects: string[] = [];
  const callbacks: string[] = [];
  for (const entry of entries) {
    const id = `"execution_id":"${entry.executionId}"`;
    if (entry.suspend && !entry.accept) {
      const { seenWakes, usageJson, lastSeq } = entry.suspend;
      suspended.push(
        `{"id":"${entry.executionId}","attempt":${entry.attempt},"seen_wakes":${seenWakes},"usage":${usageJson},"last_seq":${lastSeq}}`,
      );
    }
    for (const wait of entry.waits?.opened ?? []) opened.push(`{${id},${wait.slice(1)}`);
    for (const wait of entry.waits?.closed ?? []) closed.push(`{${id},"id":"${wait}"}`);
    for (const wait of entry.waits?.voided ?? []) voided.push(`{${id},"id":"${wait}"}`);
    if (entry.waits?.voidOpen) voided.push(`{${id}}`);
    for (const effect of entry.effects ?? []) effects.push(`{${id},${effect.slice(1)}`);
    if (entry.accept?.callback) callbacks.push(callbackRow(entry.executionId, entry.accept.callback));
  }
  return [suspended, opened, closed, voided, effects, callbacks].map(array);
}

function payloadParameters(entries: readonly JournalEntry[]): string[] {
  const stored: string[] = [];
  const takenOver: string[] = [];
  for (const { executionId, accept, payloads = [], payloadsOf } of entries) {
    const all = accept?.inputPayload ? [accept.inputPayload, ...payloads] : payloads;
    for (const { hash, bytes, content } of all) {
      stored.push(`{"execution_id":"${executionId}","hash":"${hash}","bytes":${bytes},"content":${content}}`);
    }
    if (payloadsOf !== undefined) takenOver.push(`{"execution_id":"${executionId}","from_id":"${payloadsOf}"}`);
  }
  return [stored, takenOver].map(array);
}

const array = (rows: readonly string[]): string => `[${rows.join(',')}]`;

const NO_USAGE = '{"inputTokens":0,"outputTokens":0,"cachedInputTokens":0,"costMicroUsd":0}';

function acceptedRow({ executionId, attempt, accept, finish, suspend }: JournalEntry): string {
  if (!accept) return '';
  const running = accept.mode === 'interactive';
  const createdAt = new Date(accept.createdAt).toISOString();
  const plain = JSON.stringify({
    id: executionId,
    org_id: accept.orgId,
    agent_id: accept.agentId,
    version_id: accept.versionId,
    version: accept.version,
    // Nobody has heard of a run that waits in its very first commit, so it cannot have been answered.
    status: finish?.status ?? (suspend ? 'waiting' : running ? 'running' : 'queued'),
    mode: accept.mode,
    trigger: accept.trigger,
    trigger_id: accept.triggeredBy?.id ?? null,
    trigger_name: accept.triggeredBy?.name ?? null,
    attempt,
    lease_owner: finish || suspend ? null : accept.leaseOwner,
    lease_ms: accept.leaseMs,
    retry_of: accept.retryOf,
    parent_id: accept.parent?.executionId ?? null,
    parent_path: accept.parent?.path ?? null,
    depth: accept.parent?.depth ?? 0,
    last_seq: finish?.lastSeq ?? suspend?.lastSeq ?? 0,
    created_by_user_id: accept.createdByUserId,
    created_at: createdAt,
    started_at: running ? createdAt : null,
    finished_at: finish ? new Date(finish.finishedAt).toISOString() : null,
    idempotency_key: accept.idempotency?.key ?? null,
    request_hash: accept.idempotency?.requestHash ?? null,
    budget_micro_usd: accept.spending?.budgetMicroUsd ?? null,
    budget_execution_id: accept.spending?.budgetExecutionId ?? null,
    on_budget: accept.spending?.onBudget ?? 'wait',
  });
  const usage = finish?.usageJson ?? suspend?.usageJson ?? NO_USAGE;
  const large = accept.large || finish?.large ? JSON.stringify({ ...accept.large, ...finish?.large }) : 'null';
  return `${plain.slice(0, -1)},"input":${accept.inputJson},"metadata":${accept.metadataJson ?? 'null'},"output":${
    finish?.outputJson ?? 'null'
  },"error":${finish?.errorJson ?? 'null'},"large":${large},"usage":${usage}}`;
}

/** The origin has a column of its own, so that one slow host can be passed over. */
function callbackRow(executionId: string, { id, url }: CallbackToArm): string {
  return JSON.stringify({ execution_id: executionId, id, url, origin: new URL(url).origin });
}

function finishedRow({ executionId, attempt, finish }: JournalEntry): string {
  if (!finish) return '';
  return `{"id":"${executionId}","attempt":${attempt},"status":"${finish.status}","last_seq":${finish.lastSeq},"finished_at":"${new Date(
    finish.finishedAt,
  ).toISOString()}","output":${finish.outputJson ?? 'null'},"error":${finish.errorJson ?? 'null'},"large":${
    finish.large ? JSON.stringify(finish.large) : 'null'
  },"usage":${finish.usageJson}}`;
}
