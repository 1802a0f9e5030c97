import type {
  EffectRecord,
  Failure,
  KernelEventType,
  RunHost,
  RunLimits,
  StepRecord,
  StepServices,
  WaitAnswer,
  WaitRequest,
} from '#kernel';
import type { EventEnvelope, ExecutionEventType } from './execution-event.js';
import type { FinalStatus } from './execution-status.js';
import { RunLostError } from './executions.errors.js';
import type { AcceptedRun, JournalEntry, Written } from './journal/journal-entry.js';
import { stepRow } from './journal/journal-rows.js';
import { jsonText } from './json-text.js';
import type { RunEnd } from './run-end.js';
import type { RunSessionOptions } from './run-session-options.js';
import { SessionEffects } from './session-effects.js';
import { SpentUsage } from './spent-usage.js';
import { TextFrames } from './text-frames.js';
import type { GivenAnswer } from './waits/known-wait.js';
import { SessionWaits } from './waits/session-waits.js';

/** Events that nobody waits for are committed together within this time. */
const LAZY_FLUSH_MS = 5;

/** Text that nobody here follows; watchers in other processes get it so much later. */
const UNWATCHED_FLUSH_MS = 20;

/**
 * One attempt at one run, in memory: numbers its events, gathers what is to be committed, and commits it in order, one
 * write at a time. Watchers hear of nothing that is not committed.
 */
export class RunSession implements RunHost {
  readonly executionId: string;
  readonly orgId: string;
  readonly attempt: number;
  readonly limits: RunLimits;
  readonly services: StepServices;
  readonly startedAt = Date.now();
  /** Resolves with the first commit: only then may anyone hear of the run. Rejects when there never was one. */
  readonly accepted: Promise<void>;
  readonly waits: SessionWaits;
  private readonly effects: SessionEffects;
  private readonly frames = new TextFrames((stepId, text) => this.sendText(stepId, text));
  private readonly abortController = new AbortController();
  private seq: number;
  private accept: AcceptedRun | undefined;
  private events: string[] = [];
  private steps: string[] = [];
  private logs: string[] = [];
  /** How the attempt is to end in the row: with the run, or with its waiting. Nothing follows it. */
  private closing: Pick<JournalEntry, 'finish' | 'suspend'> | null = null;
  private suspendedAs: Written = 'written';
  private writing: Promise<void> | null = null;
  private lazyFlush: NodeJS.Timeout | null = null;
  private readonly spent = new SpentUsage();
  private lost: unknown = null;
  private ended = false;
  private committedSeq = 0;
  private answersSeen: number;
  private settleAccepted: { resolve(): void; reject(error: unknown): void } | null = null;

  constructor(private readonly options: RunSessionOptions) {
    this.executionId = options.executionId;
    this.orgId = options.orgId;
    this.attempt = options.attempt;
    this.limits = options.limits;
    this.services = options.services;
    this.seq = options.lastSeq;
    this.accept = options.accept;
    this.answersSeen = options.seenWakes ?? 0;
    this.waits = new SessionWaits(options.waits ?? [], (type, path, data) => this.append(type, path, data));
    this.effects = new SessionEffects(options.effects ?? []);
    for (const step of options.recorded.values()) this.spent.add(step.usage);
    this.accepted = new Promise((resolve, reject) => {
      this.settleAccepted = { resolve, reject };
    });
    // Most runs have nobody who waits for this.
    this.accepted.catch(() => undefined);
  }

  get signal(): AbortSignal {
    return this.abortController.signal;
  }

  /** Whether nothing of the run has been committed yet: nobody can have heard of it. */
  get unborn(): boolean {
    return this.options.accept !== undefined && this.committedSeq === 0;
  }

  /** How many of the answers that its run was given this attempt knows. */
  get seenWakes(): number {
    return this.answersSeen;
  }

  /** Stops the walk; `reason` says why (a failure for cancel and time-out, RunLostError for a lost run). */
  abort(reason: unknown): void {
    if (reason instanceof RunLostError) this.lost ??= reason;
    this.abortController.abort(reason);
  }

  recorded(path: string): StepRecord | undefined {
    return this.options.recorded.get(path);
  }

  emit(type: KernelEventType, stepId: string, data: unknown): void {
    this.frames.flush(stepId);
    if (type === 'log') this.keepLogLine(stepId, data as { level: string; message: string });
    this.append(type, stepId, data);
  }

  /** Events about the run as a whole. */
  announce(type: ExecutionEventType, data: unknown): void {
    this.append(type, undefined, data);
  }

  delta(stepId: string, text: string): void {
    if (text === '' || this.lost || this.ended) return;
    this.frames.add(stepId, text);
  }

  record(step: StepRecord): void {
    this.spent.add(step.usage);
    this.steps.push(stepRow(step));
    this.waits.stepEnded(step.path);
  }

  wait(path: string, request: WaitRequest): WaitAnswer | Promise<WaitAnswer> {
    return this.waits.ask(path, request);
  }

  /** Answers that came while this attempt runs. What comes after its walk ended is left to the next attempt. */
  wake(wakes: number, answers: readonly GivenAnswer[]): void {
    if (this.lost || this.ended) return;
    this.answersSeen = Math.max(this.answersSeen, wakes);
    this.waits.give(answers);
  }

  effect(path: string, call: string): EffectRecord | undefined {
    return this.effects.find(path, call);
  }

  recordEffect(effect: EffectRecord): void {
    this.effects.record(effect);
  }

  commit(): Promise<void> {
    if (this.lost) return Promise.reject(asError(this.lost));
    if (!this.writing && !this.dirty) return Promise.resolve();
    return this.flush();
  }

  /** Announces the end and commits it; resolves when the row says so. */
  async finish(status: FinalStatus, result: { output?: unknown; error?: Failure }): Promise<RunEnd> {
    this.frames.flushAll();
    const usage = this.spent.sum();
    const data = {
      status,
      ...(result.output !== undefined && { output: result.output }),
      ...(result.error && { error: result.error }),
      usage,
    };
    this.append('execution-end', undefined, data);
    this.ended = true;
    const { seq: lastSeq } = this;
    const finishedAt = Date.now();
    this.closing = {
      finish: {
        status,
        outputJson: result.output === undefined ? null : jsonText(result.output),
        errorJson: result.error ? jsonText(result.error) : null,
        usageJson: JSON.stringify(usage),
        lastSeq,
        finishedAt,
      },
    };
    await this.flush();
    return { status, output: result.output, error: result.error, usage, finishedAt, lastSeq };
  }

  /** Commits that the run waits and gives it free. @returns `requeued` when it is to go on at once */
  async suspend(): Promise<Written> {
    this.frames.flushAll();
    this.ended = true;
    const { answersSeen: seenWakes, seq: lastSeq } = this;
    this.closing = { suspend: { seenWakes, usageJson: JSON.stringify(this.spent.sum()), lastSeq } };
    await this.flush();
    return this.suspendedAs;
  }

  /** Lets go of timers; what was not committed is gone, as after a crash. */
  dispose(): void {
    if (this.lazyFlush) clearTimeout(this.lazyFlush);
    this.lazyFlush = null;
    this.frames.dispose();
  }

  private get dirty(): boolean {
    return (
      this.accept !== undefined ||
      this.events.length > 0 ||
      this.steps.length > 0 ||
      this.logs.length > 0 ||
      this.closing !== null ||
      this.effects.dirty ||
      this.waits.dirty
    );
  }

  private sendText(stepId: string, text: string): void {
    this.append('text-delta', stepId, { text });
    if (this.options.isWatched?.() ?? true) this.flushSoon(0);
  }

  private append(type: ExecutionEventType, stepId: string | undefined, data: unknown): void {
    if (this.lost || this.ended) return;
    this.seq += 1;
    const envelope: Omit<EventEnvelope, 'executionId'> = {
      seq: this.seq,
      at: new Date().toISOString(),
      type,
      ...(stepId !== undefined && { stepId }),
      data,
    };
    this.events.push(jsonText(envelope));
    this.flushSoon(type === 'text-delta' ? UNWATCHED_FLUSH_MS : LAZY_FLUSH_MS);
  }

  private keepLogLine(stepPath: string, { level, message }: { level: string; message: string }): void {
    if (this.lost || this.ended) return;
    const line = { seq: this.seq + 1, step_path: stepPath, level, message };
    this.logs.push(jsonText(line));
  }

  private flushSoon(delayMs: number): void {
    if (this.lazyFlush && delayMs > 0) return;
    if (this.lazyFlush) clearTimeout(this.lazyFlush);
    this.lazyFlush = setTimeout(() => {
      this.lazyFlush = null;
      // A failed write is remembered in `lost` and reaches the walk through its abort signal and next commit.
      this.flush().catch(() => undefined);
    }, delayMs);
  }

  /** One write at a time; whoever asks during a write gets one that begins afterwards. */
  private async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.lost) throw asError(this.lost);
    if (!this.dirty) return;
    if (this.lazyFlush) clearTimeout(this.lazyFlush);
    this.lazyFlush = null;
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
    const waits = this.waits.take(final);
    const effects = this.effects.take();
    const entry: JournalEntry = {
      executionId: this.executionId,
      attempt: this.attempt,
      ...(this.accept && { accept: this.accept }),
      ...closing,
      steps: this.steps,
      ...(events.length > 0 && { events: { firstSeq, lastSeq, json: `[${json}]` } }),
      logs: this.logs,
      ...(waits && { waits: waits.changes }),
      ...(effects && { effects }),
    };
    this.accept = undefined;
    this.events = [];
    this.steps = [];
    this.logs = [];
    this.closing = null;
    try {
      const written = await this.options.write(entry);
      if (entry.suspend) this.suspendedAs = written;
    } catch (error) {
      this.lost = error;
      this.dispose();
      this.settleAccepted?.reject(error);
      this.abortController.abort(error);
      throw error;
    }
    this.settleAccepted?.resolve();
    if (events.length > 0) {
      this.committedSeq = lastSeq;
      this.options.published({ executionId: this.executionId, firstSeq, lastSeq, json, final });
    }
    if (waits && waits.opened.length > 0) this.options.opened?.(waits.opened);
  }
}

function asError(value: unknown): Error {
  return value instanceof Error ? value : new RunLostError();
}
