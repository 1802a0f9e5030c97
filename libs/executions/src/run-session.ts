import {
  type EffectRecord,
  type Failure,
  type KernelEventType,
  RunAborted,
  type RunHost,
  type RunLimits,
  type StepRecord,
  type StepServices,
  type Usage,
  type WaitAnswer,
  type WaitRequest,
} from '#kernel';
import type { ExecutionEventType } from './execution-event.js';
import type { FinalStatus } from './execution-status.js';
import { RunLostError } from './executions.errors.js';
import type { Written } from './journal/journal-entry.js';
import { finishedValues, stepRow } from './journal/journal-rows.js';
import { PayloadOutbox } from './payloads/payload-outbox.js';
import type { RunEnd } from './run-end.js';
import type { RunSessionOptions } from './run-session-options.js';
import { SessionCalls } from './session-calls.js';
import { SessionEffects } from './session-effects.js';
import { LAZY_FLUSH_MS, SessionWrites } from './session-writes.js';
import { SpentUsage } from './spent-usage.js';
import { piecesOf, TextFrames } from './text-frames.js';
import type { GivenAnswer } from './waits/known-wait.js';
import { SessionWaits } from './waits/session-waits.js';

/** JSON text of all steps together: the run holds it while it goes on, and whoever takes it over reads it back. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

/**
 * One attempt at one run, in memory: what the walk asks of its host. What is to be kept goes to {@link SessionWrites};
 * watchers hear of nothing that is not committed.
 */
export class RunSession implements RunHost {
  readonly executionId: string;
  readonly orgId: string;
  readonly attempt: number;
  readonly limits: RunLimits;
  readonly services: StepServices;
  readonly vars: Readonly<Record<string, unknown>> | undefined;
  readonly startedAt = Date.now();
  readonly waits: SessionWaits;
  private readonly outbox = new PayloadOutbox();
  private readonly effects: SessionEffects;
  private readonly calls = new SessionCalls((rows) => this.options.lateCalls?.(rows));
  private readonly frames = new TextFrames((stepId, text) => this.sendText(stepId, text));
  private readonly abortController = new AbortController();
  private readonly spent: SpentUsage;
  private readonly writes: SessionWrites;
  private rowCharacters = 0;
  private answersSeen: number;

  constructor(private readonly options: RunSessionOptions) {
    this.executionId = options.executionId;
    this.orgId = options.orgId;
    this.attempt = options.attempt;
    this.limits = options.limits;
    this.services = options.services;
    this.vars = options.vars;
    this.answersSeen = options.seenWakes ?? 0;
    this.spent = new SpentUsage(options.spent);
    this.waits = new SessionWaits(
      options.waits ?? [],
      (type, path, data) => this.writes.addEvent(type, path, data),
      this.outbox,
    );
    this.effects = new SessionEffects(options.effects ?? [], this.outbox);
    const { waits, effects, calls, outbox } = this;
    this.writes = new SessionWrites(options, { waits, effects, calls, outbox }, (error) => {
      this.frames.dispose();
      this.abortController.abort(error);
    });
  }

  get signal(): AbortSignal {
    return this.abortController.signal;
  }

  /** Resolves with the first commit: only then may anyone hear of the run. Rejects when there never was one. */
  get accepted(): Promise<void> {
    return this.writes.accepted;
  }

  /** Whether nothing of the run has been committed yet: nobody can have heard of it. */
  get unborn(): boolean {
    return this.writes.unborn;
  }

  /** How many of the answers that its run was given this attempt knows. */
  get seenWakes(): number {
    return this.answersSeen;
  }

  /** Stops the walk; `reason` says why (a failure for cancel and time-out, RunLostError for a lost run). */
  abort(reason: unknown): void {
    if (reason instanceof RunLostError) this.writes.lose(reason);
    this.abortController.abort(reason);
  }

  recorded(path: string): StepRecord | undefined {
    return this.options.recorded.get(path);
  }

  emit(type: KernelEventType, stepId: string, data: unknown): void {
    this.frames.flush(stepId);
    if (type === 'log') this.writes.addLogLine(stepId, data as { level: string; message: string });
    this.writes.addEvent(type, stepId, data);
  }

  /** Events about the run as a whole. */
  announce(type: ExecutionEventType, data: unknown): void {
    this.writes.addEvent(type, undefined, data);
  }

  delta(stepId: string, text: string): void {
    if (text === '' || this.writes.isClosed) return;
    this.frames.add(stepId, text);
  }

  record(step: StepRecord): void {
    const row = stepRow(step, this.outbox);
    this.rowCharacters += row.length;
    if (this.rowCharacters + this.outbox.bytes > MAX_KEPT_BYTES) this.abort(new RunAborted(KEEPS_TOO_MUCH));
    this.writes.addStep(row);
    this.waits.stepEnded(step.path);
  }

  wait(path: string, request: WaitRequest): WaitAnswer | Promise<WaitAnswer> {
    return this.waits.ask(path, request);
  }

  hasAsked(path: string, key: string): boolean {
    return this.waits.isKnown(path, key);
  }

  /** Answers that came while this attempt runs. What comes after its walk ended is left to the next attempt. */
  wake(wakes: number, answers: readonly GivenAnswer[]): void {
    if (this.writes.isClosed) return;
    this.answersSeen = Math.max(this.answersSeen, wakes);
    this.waits.give(answers);
  }

  effect(path: string, call: string): EffectRecord | undefined {
    return this.effects.find(path, call);
  }

  recordEffect(effect: EffectRecord): void {
    this.effects.record(effect);
  }

  /** A model is being asked: the end of the run waits a moment for its record. Call what is returned when it is over. */
  beginCall(): () => void {
    return this.calls.begin();
  }

  /**
   * Counted at once, durable with the next commit; a call of an attempt that may not write any more is written all the same.
   * @param row see `callRow`
   */
  recordCall(row: string, usage: Usage): void {
    this.spent.add(usage);
    this.calls.add(row);
    if (this.writes.isClosed) this.calls.giveUp();
    else this.writes.flushSoon(LAZY_FLUSH_MS);
  }

  commit(): Promise<void> {
    return this.writes.commit();
  }

  /** Announces the end and commits it; resolves when the row says so. */
  async finish(status: FinalStatus, result: { output?: unknown; error?: Failure }): Promise<RunEnd> {
    if (this.calls.areUnderWay) await this.calls.settled();
    this.frames.flushAll();
    const usage = this.spent.sum();
    const data = {
      status,
      ...(result.output !== undefined && { output: result.output }),
      ...(result.error && { error: result.error }),
      usage,
    };
    this.writes.addEvent('execution-end', undefined, data);
    const { lastSeq } = this.writes;
    const finishedAt = Date.now();
    const values = finishedValues(result, this.outbox);
    await this.writes.close({
      finish: { status, ...values, usageJson: JSON.stringify(usage), lastSeq, finishedAt },
    });
    const { large } = values;
    return { status, output: result.output, error: result.error, ...(large && { large }), usage, finishedAt, lastSeq };
  }

  /** Commits that the run waits and gives it free. @returns `requeued` when it is to go on at once */
  async suspend(): Promise<Written> {
    if (this.calls.areUnderWay) await this.calls.settled();
    this.frames.flushAll();
    const { answersSeen: seenWakes } = this;
    const { lastSeq } = this.writes;
    await this.writes.close({ suspend: { seenWakes, usageJson: JSON.stringify(this.spent.sum()), lastSeq } });
    return this.writes.suspended;
  }

  /** Lets go of timers; what was not committed is gone, as after a crash. */
  dispose(): void {
    this.frames.dispose();
    this.writes.dispose();
  }

  private sendText(stepId: string, text: string): void {
    for (const piece of piecesOf(text)) this.writes.addEvent('text-delta', stepId, { text: piece });
    if (this.options.isWatched?.() ?? true) this.writes.flushSoon(0);
  }
}

const KEEPS_TOO_MUCH = {
  code: 'run.limit_kept_bytes',
  message: `The steps of the run gave more than ${MAX_KEPT_BYTES / 1024 / 1024} MiB together. Pass on less, or split the work into runs of their own.`,
  retryable: false,
};
