import type { Failure, KernelEventType, RunHost, RunLimits, StepRecord, StepServices, Usage } from '#kernel';
import type { EventEnvelope, ExecutionEventType } from './execution-event.js';
import type { FinalStatus } from './execution-status.js';
import { RunLostError } from './executions.errors.js';
import type { AcceptedRun, JournalEntry } from './journal/journal-entry.js';
import { jsonText } from './json-text.js';

/** Events that nobody waits for are committed together within this time. */
const LAZY_FLUSH_MS = 5;

/** Text is gathered into frames of this length; the first frame of a silence leaves at once. */
const DELTA_FRAME_MS = 25;

export interface RunSessionOptions {
  readonly executionId: string;
  readonly orgId: string;
  readonly attempt: number;
  /** Present when the row is not in the database yet: it travels with the first commit. */
  readonly accept?: AcceptedRun;
  /** Last committed sequence number of earlier attempts. */
  readonly lastSeq: number;
  /** Finished steps of earlier attempts by path. */
  readonly recorded: ReadonlyMap<string, StepRecord>;
  readonly limits: RunLimits;
  readonly services: StepServices;
  /** Commits; see `Journal.write`. */
  write(entry: JournalEntry): Promise<void>;
  /** Told of events once they are committed, in order, as ready JSON: `events` is the array's inside. */
  published(chunk: CommittedChunk): void;
}

/** Committed events on their way to watchers. */
export interface CommittedChunk {
  readonly executionId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Envelopes without `executionId`, comma separated JSON objects. */
  readonly json: string;
  readonly final: boolean;
}

/** How a run ended, as the row and the last event say it. */
export interface RunEnd {
  readonly status: FinalStatus;
  readonly output?: unknown;
  readonly error?: Failure;
  readonly usage: Usage;
  readonly finishedAt: number;
  readonly lastSeq: number;
}

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
  private readonly abortController = new AbortController();
  private seq: number;
  private accept: AcceptedRun | undefined;
  private events: string[] = [];
  private steps: string[] = [];
  private logs: string[] = [];
  private end: {
    readonly run: RunEnd;
    readonly json: { output: string | null; error: string | null; usage: string };
  } | null = null;
  private writing: Promise<void> | null = null;
  private lazyFlush: NodeJS.Timeout | null = null;
  private readonly deltas = new Map<string, { text: string; timer: NodeJS.Timeout | null }>();
  private readonly spent = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costMicroUsd: 0 as number | null };
  private lost: unknown = null;
  private ended = false;
  private committedSeq = 0;
  private settleAccepted: { resolve(): void; reject(error: unknown): void } | null = null;

  constructor(private readonly options: RunSessionOptions) {
    this.executionId = options.executionId;
    this.orgId = options.orgId;
    this.attempt = options.attempt;
    this.limits = options.limits;
    this.services = options.services;
    this.seq = options.lastSeq;
    this.accept = options.accept;
    for (const step of options.recorded.values()) this.count(step.usage);
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

  /** Stops the walk; `reason` says why (a failure for cancel and time-out, RunLostError for a lost run). */
  abort(reason: unknown): void {
    if (reason instanceof RunLostError) this.lost ??= reason;
    this.abortController.abort(reason);
  }

  recorded(path: string): StepRecord | undefined {
    return this.options.recorded.get(path);
  }

  emit(type: KernelEventType, stepId: string, data: unknown): void {
    this.flushDelta(stepId);
    if (type === 'log') this.keepLogLine(stepId, data as { level: string; message: string });
    this.append(type, stepId, data);
  }

  /** Events about the run as a whole. */
  announce(type: ExecutionEventType, data: unknown): void {
    this.append(type, undefined, data);
  }

  delta(stepId: string, text: string): void {
    if (text === '' || this.lost || this.ended) return;
    const frame = this.deltas.get(stepId);
    if (frame) {
      frame.text += text;
      return;
    }
    this.append('text-delta', stepId, { text });
    const next = { text: '', timer: setTimeout(() => this.flushDelta(stepId), DELTA_FRAME_MS) };
    this.deltas.set(stepId, next);
    this.flushSoon(0);
  }

  record(step: StepRecord): void {
    this.count(step.usage);
    this.steps.push(stepRow(step));
  }

  commit(): Promise<void> {
    if (this.lost) return Promise.reject(asError(this.lost));
    if (!this.writing && !this.dirty) return Promise.resolve();
    return this.flush();
  }

  /** Announces the end and commits it; resolves when the row says so. */
  async finish(status: FinalStatus, result: { output?: unknown; error?: Failure }): Promise<RunEnd> {
    for (const stepId of [...this.deltas.keys()]) this.flushDelta(stepId);
    const usage: Usage = { ...this.spent };
    const data = {
      status,
      ...(result.output !== undefined && { output: result.output }),
      ...(result.error && { error: result.error }),
      usage,
    };
    this.append('execution-end', undefined, data);
    this.ended = true;
    const run: RunEnd = {
      status,
      output: result.output,
      error: result.error,
      usage,
      finishedAt: Date.now(),
      lastSeq: this.seq,
    };
    this.end = {
      run,
      json: {
        output: result.output === undefined ? null : jsonText(result.output),
        error: result.error ? jsonText(result.error) : null,
        usage: JSON.stringify(usage),
      },
    };
    await this.flush();
    return run;
  }

  /** Lets go of timers; what was not committed is gone, as after a crash. */
  dispose(): void {
    if (this.lazyFlush) clearTimeout(this.lazyFlush);
    this.lazyFlush = null;
    for (const { timer } of this.deltas.values()) if (timer) clearTimeout(timer);
    this.deltas.clear();
  }

  private get dirty(): boolean {
    return (
      this.accept !== undefined ||
      this.events.length > 0 ||
      this.steps.length > 0 ||
      this.logs.length > 0 ||
      this.end !== null
    );
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
    this.flushSoon(LAZY_FLUSH_MS);
  }

  private keepLogLine(stepPath: string, { level, message }: { level: string; message: string }): void {
    if (this.lost || this.ended) return;
    const line = { seq: this.seq + 1, step_path: stepPath, level, message };
    this.logs.push(jsonText(line));
  }

  private flushDelta(stepId: string): void {
    const frame = this.deltas.get(stepId);
    if (!frame) return;
    if (frame.timer) clearTimeout(frame.timer);
    this.deltas.delete(stepId);
    if (frame.text === '') return;
    const { text } = frame;
    this.append('text-delta', stepId, { text });
    const next = { text: '', timer: setTimeout(() => this.flushDelta(stepId), DELTA_FRAME_MS) };
    this.deltas.set(stepId, next);
    this.flushSoon(0);
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
    const { events, end } = this;
    const firstSeq = this.seq - events.length + 1;
    const lastSeq = this.seq;
    const json = events.join(',');
    const entry: JournalEntry = {
      executionId: this.executionId,
      attempt: this.attempt,
      ...(this.accept && { accept: this.accept }),
      ...(end && {
        finish: {
          status: end.run.status,
          outputJson: end.json.output,
          errorJson: end.json.error,
          usageJson: end.json.usage,
          lastSeq,
          finishedAt: end.run.finishedAt,
        },
      }),
      steps: this.steps,
      ...(events.length > 0 && { events: { firstSeq, lastSeq, json: `[${json}]` } }),
      logs: this.logs,
    };
    this.accept = undefined;
    this.events = [];
    this.steps = [];
    this.logs = [];
    this.end = null;
    try {
      await this.options.write(entry);
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
      this.options.published({ executionId: this.executionId, firstSeq, lastSeq, json, final: end !== null });
    }
  }

  private count(usage: Usage | undefined): void {
    if (!usage) return;
    this.spent.inputTokens += usage.inputTokens;
    this.spent.outputTokens += usage.outputTokens;
    this.spent.cachedInputTokens += usage.cachedInputTokens;
    this.spent.costMicroUsd =
      this.spent.costMicroUsd === null || usage.costMicroUsd === null
        ? null
        : this.spent.costMicroUsd + usage.costMicroUsd;
  }
}

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

function asError(value: unknown): Error {
  return value instanceof Error ? value : new RunLostError();
}
