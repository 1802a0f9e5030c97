import type { Failure, WaitKind } from '#kernel';
import type { BlockerAction, BlockerResponse } from '../dto/why-response.dto.js';
import type { WaitRow } from '../waits/waits.read-model.js';
import type { Neighbours, OpenStep, RunSituation } from './run-situation.read-model.js';

/** What an open wait keeps a run from, and what can be done about it. */
export function waitBlocker(wait: WaitRow): BlockerResponse {
  const { kind, path, id, runId, dueAt, createdAt } = wait;
  return {
    kind,
    path,
    waitId: id,
    ...(runId !== null && { runId }),
    since: createdAt.toISOString(),
    ...(dueAt !== null && { deadline: dueAt.toISOString() }),
    message: MESSAGES[kind](wait),
    actions: ACTIONS[kind],
  };
}

const MESSAGES: Readonly<Record<WaitKind, (wait: WaitRow) => string>> = {
  timer: ({ dueAt, payload }) => {
    const until = dueAt?.toISOString() ?? 'its time comes';
    const failed = payload as { failedTry: number; error: Failure } | null;
    if (failed === null) return `It sleeps until ${until}.`;
    return `It failed at try ${failed.failedTry} and sleeps until it is tried again at ${until}: ${failed.error.message}`;
  },
  approval: ({ title }) => `It waits for somebody to decide: “${title}”.`,
  event: ({ eventName, eventCorrelation }) =>
    `It waits for the event “${eventName}”${eventCorrelation === null ? '' : ` of “${eventCorrelation}”`}.`,
  run: () => 'It waits for the run that it started.',
  effect: ({ title }) => `Nobody knows whether this happened, so somebody has to say: “${title}”.`,
  budget: ({ title }) => title,
};

const ACTIONS: Readonly<Record<WaitKind, BlockerAction[]>> = {
  timer: ['cancel'],
  approval: ['decide', 'cancel'],
  event: ['send-event', 'cancel'],
  run: ['open-run', 'cancel'],
  effect: ['decide', 'cancel'],
  budget: ['open-usage', 'cancel'],
};

/** A step under way, or one that failed and is about to be tried again. */
export function stepBlocker({ path, type, at, data }: OpenStep): BlockerResponse {
  const what = data.name === undefined ? `Step “${path}”` : `Step “${data.name}”`;
  const since = at.toISOString();
  if (type === 'step-retry') {
    const deadline = new Date(at.getTime() + (data.waitMs ?? 0)).toISOString();
    const message = `${what} failed at try ${data.try} and is tried again at ${deadline}: ${data.error?.message ?? 'no reason is known'}`;
    return { kind: 'retry', path, since, deadline, message, actions: ['cancel'] };
  }
  const again = data.try > 1 ? `, try ${data.try}` : '';
  return { kind: 'step', path, since, message: `${what} (${data.kind}) is at work${again}.`, actions: ['cancel'] };
}

/** Set when the process that works on the run has let its lease end. */
export function leaseBlocker({ leaseExpiresAt, now }: RunSituation): BlockerResponse | null {
  if (leaseExpiresAt === null || leaseExpiresAt > now) return null;
  return {
    kind: 'lease',
    since: leaseExpiresAt.toISOString(),
    message: 'The process that works on it has fallen silent; another one takes over within seconds.',
    actions: ['cancel'],
  };
}

/** Set when as many runs are under way as may be. */
export function concurrencyBlocker(
  { queuedAt, createdAt }: RunSituation,
  { agentLimit, ofAgent, ofOrganisation }: Neighbours,
  orgLimit: number,
): BlockerResponse | null {
  const since = (queuedAt ?? createdAt).toISOString();
  const blocked = (message: string): BlockerResponse => ({ kind: 'concurrency', since, message, actions: ['cancel'] });
  if (agentLimit !== null && ofAgent >= agentLimit) {
    return blocked(`${underWay(ofAgent, 'this agent')}, and it may have ${agentLimit} at a time.`);
  }
  if (ofOrganisation < orgLimit) return null;
  return blocked(`${underWay(ofOrganisation, 'your organisation')}, and it may have ${orgLimit} at a time.`);
}

function underWay(count: number, whose: string): string {
  return count === 1 ? `1 run of ${whose} is under way` : `${count} runs of ${whose} are under way`;
}
