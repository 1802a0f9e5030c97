import type { WaitAnswer, WaitRequest } from '#kernel';
import { newId } from '#platform/ids';
import type { PayloadOutbox } from '../payloads/payload-outbox.js';
import type { WaitChanges } from '../journal/journal-entry.js';
import type { GivenAnswer, KnownWait, OpenedWait } from './known-wait.js';
import { shownTitle, waitRow } from './wait-row.js';

/** What one attempt knows of the waits of its run: which are open, which are answered, and what is to be committed of it. */
export class SessionWaits {
  private readonly known = new Map<string, KnownWait>();
  private readonly openKeys = new Set<string>();
  private readonly keyById = new Map<string, string>();
  private readonly listeners = new Map<string, ((answer: WaitAnswer) => void)[]>();
  private opened: { readonly wait: OpenedWait; readonly row: (state: 'open' | 'void') => string }[] = [];
  private closed: string[] = [];
  private voided: string[] = [];

  /** @param announce emits `wait-start`, `wait-end` and, before the former, `budget-hold` */
  constructor(
    waits: readonly KnownWait[],
    private readonly announce: (type: 'budget-hold' | 'wait-start' | 'wait-end', path: string, data: unknown) => void,
    private readonly outbox: PayloadOutbox,
  ) {
    for (const wait of waits) this.keep(wait);
  }

  /** @throws StepError when nobody could be shown what it is about */
  ask(path: string, request: WaitRequest): WaitAnswer | Promise<WaitAnswer> {
    const key = keyOf(path, request.key);
    const wait = this.known.get(key) ?? this.open(path, request);
    if (wait === 'due') return { decision: 'due' };
    if (wait.answer !== null) return this.consume(wait, wait.answer);
    return new Promise((resolve) => {
      const listeners = this.listeners.get(key) ?? [];
      this.listeners.set(key, listeners);
      listeners.push(resolve);
    });
  }

  /** Whether this or an earlier attempt has opened this wait. */
  isKnown(path: string, key: string): boolean {
    return this.known.has(keyOf(path, key));
  }

  /** Answers that came while the attempt runs; one that is known already changes nothing. */
  give(answers: readonly GivenAnswer[]): void {
    for (const { waitId, answer } of answers) {
      const key = this.keyById.get(waitId) ?? '';
      const wait = this.known.get(key);
      if (wait?.state !== 'open') continue;
      const answered: KnownWait = { ...wait, state: 'answered', answer };
      this.keep(answered);
      const listeners = this.listeners.get(key);
      if (!listeners) continue;
      this.listeners.delete(key);
      this.consume(answered, answer);
      for (const resolve of listeners) resolve(answer);
    }
  }

  /** The step has ended, or everything below it has: nobody need answer what it still waited for. */
  stepEnded(path: string): void {
    for (const { id, path: ofWait, key } of this.openWaits) {
      if (ofWait !== path && !ofWait.startsWith(`${path}/`)) continue;
      const name = keyOf(ofWait, key);
      this.known.delete(name);
      this.openKeys.delete(name);
      this.listeners.delete(name);
      this.voided.push(id);
    }
  }

  get dirty(): boolean {
    return this.opened.length > 0 || this.closed.length > 0 || this.voided.length > 0;
  }

  /** Those that are still unanswered as far as this attempt knows. */
  get openWaits(): KnownWait[] {
    return [...this.openKeys].map((key) => this.known.get(key) as KnownWait);
  }

  /** What is to go with the next commit. @param ending nobody will need the open ones any more */
  take(ending: boolean): { readonly changes: WaitChanges; readonly opened: readonly OpenedWait[] } | undefined {
    const voidOpen = ending && this.openKeys.size > 0;
    if (!this.dirty && !voidOpen) return undefined;
    const { opened, closed, voided } = this;
    this.opened = [];
    this.closed = [];
    this.voided = [];
    const isOpen = ({ wait }: { wait: OpenedWait }): boolean => !ending && !voided.includes(wait.id);
    return {
      changes: { opened: opened.map((one) => one.row(isOpen(one) ? 'open' : 'void')), closed, voided, voidOpen },
      opened: opened.filter(isOpen).map(({ wait }) => wait),
    };
  }

  private open(path: string, request: WaitRequest): KnownWait | 'due' {
    if (request.kind === 'timer' && request.dueAt !== undefined && request.dueAt <= Date.now()) return 'due';
    const ids = { id: newId(), runId: request.kind === 'run' ? newId() : null };
    const row = waitRow(path, request, ids, this.outbox);
    const { kind, key, dueAt = null, run = null } = request;
    const title = shownTitle(request);
    const wait: KnownWait = { ...ids, path, key, kind, dueAt, state: 'open', answer: null };
    this.opened.push({ wait: { ...wait, run }, row });
    this.keep(wait);
    if (kind === 'budget') this.announce('budget-hold', path, request.payload);
    this.announce('wait-start', path, {
      waitId: ids.id,
      kind,
      title,
      ...(dueAt !== null && { dueAt: new Date(dueAt).toISOString() }),
      ...(ids.runId !== null && { runId: ids.runId }),
    });
    return wait;
  }

  /** The run gets the answer: announced and closed once, in whichever attempt that is. */
  private consume(wait: KnownWait, answer: WaitAnswer): WaitAnswer {
    if (wait.state === 'closed') return answer;
    this.keep({ ...wait, state: 'closed', answer });
    this.closed.push(wait.id);
    const { decision, by } = answer;
    this.announce('wait-end', wait.path, {
      waitId: wait.id,
      kind: wait.kind,
      decision,
      ...(by !== undefined && { by }),
    });
    return answer;
  }

  private keep(wait: KnownWait): void {
    const key = keyOf(wait.path, wait.key);
    this.known.set(key, wait);
    this.keyById.set(wait.id, key);
    if (wait.state === 'open') this.openKeys.add(key);
    else this.openKeys.delete(key);
  }
}

function keyOf(path: string, key: string): string {
  return `${path}\n${key}`;
}
