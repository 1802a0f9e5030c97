import type { EventEnvelope, ExecutionEventType } from './execution-event.js';
import { RunLostError } from './executions.errors.js';
import { entryParts } from './journal/entry-parts.js';
import type { AcceptedRun, JournalEntry, Written } from './journal/journal-entry.js';
import { jsonText } from './json-text.js';
import type { PayloadOutbox } from './payloads/payload-outbox.js';
import type { RunSessionOptions } from './run-session-options.js';
import type { SessionCalls } from './session-calls.js';
import type { SessionEffects } from './session-effects.js';
import type { SessionWaits } from './waits/session-waits.js';

/** Events that nobody waits for are committed together within this time. */
export const LAZY_FLUSH_MS = 5;

/** Text that nobody here follows; watchers in other processes get it so much later. */
const UNWATCHED_FLUSH_MS = 20;

/** Rows and events that nobody waits for are committed as soon as there is so much of them. */
const EAGER_FLUSH_CHARACTERS = 2 * 1024 * 1024;

/** Fields of events that hold what somebody wrote. */
const VALUE_FIELDS = ['output', 'error', 'message'];

/** What else of the attempt goes with a commit. */
export interface SessionParts {
  readonly waits: SessionWaits;
  readonly effects: SessionEffects;
  readonly calls: SessionCalls;
  readonly outbox: PayloadOutbox;
}

/**
 * What one attempt at a run has to commit: numbers its events, gathers them with rows and log lines, and writes all of
 * it in order, one write at a time. Watchers are told afterwards.
 */
export class SessionWrites {
  /** Resolves with the first commit: only then may anyone hear of the run. Rejects when there never was one. */
  readonly accepted: Promise<void>;
  private seq: number;
  private accept: AcceptedRun | undefined;
  private events: string[] = [];
  private steps: string[] = [];
  private logs: string[] = [];
  /** How the attempt is to end in the row: with the run, or with its waiting. Nothing follows it. */
  private closing: Pick<JournalEntry, 'finish' | 'suspend'> | null = null;
  private suspendedAs: Written = 'written';
  private writing: Promise<void> | null = null;
  private nextFlush: { readonly atOnce: boolean; cancel(): void } | null = null;
  private lost: unknown = null;
  private ended = false;
  private isAccepted = false;
  private pendingCharacters = 0;
  private settleAccepted: { resolve(): void; reject(error: unknown): void } | null = null;

  /** @param onLost hears of a write that failed: nothing can be committed any more */
  constructor(
    private readonly options: RunSessionOptions,
    private readonly parts: SessionParts,
    private readonly onLost: (error: unknown) => void,
  ) {
    this.seq = options.lastSeq;
    this.accept = options.accept;
    this.accepted = new Promise((resolve, reject) => {
      this.settleAccepted = { resolve, reject };
    });
    // Most runs have nobody who waits for this.
    this.accepted.catch(() => undefined);
  }

  /** The number of the newest event. */
  get lastSeq(): number {
    return this.seq;
  }

  /** Whether nothing of the run has been committed yet: nobody can have heard of it. */
  get unborn(): boolean {
    return this.options.accept !== undefined && !this.isAccepted;
  }

  /** Whether the attempt can add nothing any more: it has ended, or its run is another's. */
  get isClosed(): boolean {
    return this.ended || this.lost !== null;
  }

  /** What became of the row that {@link close} has suspended. */
  get suspended(): Written {
    return this.suspendedAs;
  }

  addEvent(type: ExecutionEventType, stepId: string | undefined, data: unknown): void {
    if (this.isClosed) return;
    this.seq += 1;
    const envelope: Omit<EventEnvelope, 'executionId'> = {
      seq: this.seq,
      at: new Date().toISOString(),
      type,
      ...(stepId !== undefined && { stepId }),
      data,
    };
    const event = this.parts.outbox.eventText(envelope, VALUE_FIELDS);
    this.events.push(event);
    this.note(event.length);
    this.flushSoon(type === 'text-delta' ? UNWATCHED_FLUSH_MS : LAZY_FLUSH_MS);
  }

  /** For the log event that is added next. */
  addLogLine(stepPath: string, { level, message }: { readonly level: string; readonly message: string }): void {
    if (this.isClosed) return;
    const line = { seq: this.seq + 1, step_path: stepPath, level, message };
    this.logs.push(jsonText(line));
  }

  /** @param row see `stepRow` */
  addStep(row: string): void {
    this.steps.push(row);
    this.note(row.length);
  }

  /** The attempt belongs to nobody here any more; what it has not written stays unwritten. */
  lose(reason: unknown): void {
    this.lost ??= reason;
  }

  /** The last thing that is said: resolves when it is committed. */
  close(closing: Pick<JournalEntry, 'finish' | 'suspend'>): Promise<void> {
    this.ended = true;
    this.closing = closing;
    return this.flush();
  }

  commit(): Promise<void> {
    if (this.lost !== null) return Promise.reject(asError(this.lost));
    if (!this.writing && !this.dirty) return Promise.resolve();
    return this.flush();
  }

  /** @param delayMs 0: with whatever else is said in this turn of the event loop, which is sooner than any timer */
  flushSoon(delayMs: number): void {
    const atOnce = delayMs === 0;
    if (this.nextFlush && (this.nextFlush.atOnce || !atOnce)) return;
    this.forgetFlush();
    const flush = (): void => {
      this.nextFlush = null;
      // A failed write is remembered in `lost` and reaches the walk through its abort signal and next commit.
      this.flush().catch(() => undefined);
    };
    if (atOnce) {
      const immediate = setImmediate(flush);
      this.nextFlush = { atOnce, cancel: () => clearImmediate(immediate) };
    } else {
      const timer = setTimeout(flush, delayMs);
      this.nextFlush = { atOnce, cancel: () => clearTimeout(timer) };
    }
  }

  /** Lets go of the timer; what was not committed is gone, as after a crash. */
  dispose(): void {
    this.forgetFlush();
    this.parts.calls.giveUp();
  }

  private forgetFlush(): void {
    this.nextFlush?.cancel();
    this.nextFlush = null;
  }

  private get dirty(): boolean {
    const { effects, calls, waits, outbox } = this.parts;
    return (
      this.accept !== undefined ||
      this.events.length > 0 ||
      this.steps.length > 0 ||
      this.logs.length > 0 ||
      this.closing !== null ||
      effects.dirty ||
      calls.dirty ||
      waits.dirty ||
      !outbox.isEmpty
    );
  }

  /** So much more waits for its commit: half a run in one statement would be too much for everybody. */
  private note(characters: number): void {
    this.pendingCharacters += characters;
    if (this.pendingCharacters > EAGER_FLUSH_CHARACTERS && !this.writing) this.flushSoon(0);
  }

  /** One write at a time; whoever asks during a write gets one that begins afterwards. */
  private async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.lost !== null) throw asError(this.lost);
    if (!this.dirty) return;
    this.forgetFlush();
    const writing = this.writeOnce();
    this.writing = writing.catch(() => undefined);
    try {
      await writing;
    } finally {
      this.writing = null;
    }
  }

  private async writeOnce(): Promise<void> {
    const { events, closing } = this;
    const final = closing?.finish !== undefined;
    const firstSeq = this.seq - events.length + 1;
    const lastSeq = this.seq;
    const json = events.join(',');
    const waits = this.parts.waits.take(final);
    const effects = this.parts.effects.take();
    const payloads = this.parts.outbox.take();
    const calls = this.parts.calls.take();
    const entry: JournalEntry = {
      executionId: this.options.executionId,
      attempt: this.options.attempt,
      ...(this.accept && { accept: this.accept }),
      ...closing,
      steps: this.steps,
      ...(events.length > 0 && { events: { firstSeq, lastSeq, json: `[${json}]` } }),
      logs: this.logs,
      ...(waits && { waits: waits.changes }),
      ...(effects && { effects }),
      ...(calls && { calls }),
      ...(payloads.length > 0 && { payloads }),
    };
    this.accept = undefined;
    this.events = [];
    this.steps = [];
    this.logs = [];
    this.pendingCharacters = 0;
    this.closing = null;
    try {
      for (const part of entryParts(entry)) {
        const written = await this.options.write(part);
        this.isAccepted = true;
        if (part.suspend) this.suspendedAs = written;
      }
    } catch (error) {
      this.lost = error;
      this.parts.calls.giveUp(calls);
      this.dispose();
      // What was accepted goes on, in whichever process.
      if (this.isAccepted) this.settleAccepted?.resolve();
      else this.settleAccepted?.reject(error);
      this.onLost(error);
      throw error;
    }
    this.settleAccepted?.resolve();
    const { executionId } = this.options;
    if (events.length > 0) this.options.published({ executionId, firstSeq, lastSeq, json, final });
    if (waits && waits.opened.length > 0) this.options.opened?.(waits.opened);
  }
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new RunLostError();
}
