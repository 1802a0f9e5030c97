import { DEFAULT_PORT, ERROR_PORT } from '../graph.js';
import { JsonValueError, MAX_JSON_DEPTH, toPlainJson } from '../json/plain-json.js';
import { isPromise } from '../map-result.js';
import type { InnerStep, LoopState, Scope, StepResult } from '../node-kind.js';
import type { StepSpec } from '../plan.js';
import type { Failure, KernelEvents, RunHost, StepRecord, Usage } from '../run-host.js';
import { StepError } from '../step-error.js';
import { addUsage } from '../usage.js';
import { StepTry } from './step-try.js';
import { lastSleptAfter, sleepBeforeNextTry } from './sleep-before-next-try.js';
import { isSlept, mayTryAgain, waitBeforeNextTryMs } from './try-again.js';
import { NO_PORT } from './route.js';
import type { StepEnd } from './step-end.js';
import { usageOfCutOff } from './usage-of-cut-off.js';

/** Where a step stands: in the graph, or below another. */
export interface StepPlace {
  readonly parent?: StepTry;
  readonly arrivals?: readonly string[];
  readonly loop?: LoopState;
}

/** Who runs the steps. None of these may be called after the step was aborted. */
export interface StepListener {
  /** Exactly once, possibly during {@link StepRun.begin}. */
  stepEnded(step: StepRun, end: StepEnd): void;
  /** Something was emitted that watchers should see although the step goes on. */
  stepTold(): void;
  /** The step waits. */
  stepWaits(): void;
  /** An exception in our own code. */
  stepBroke(error: unknown): void;
  /** Before an inner step: resolves when it may begin. */
  takeTurn(): Promise<void>;
  /** A step below this one is to be run, or was. */
  runInner(above: StepTry, inner: InnerStep): StepRecord | Promise<StepRecord>;
  /** Resolves when everything so far is durable; never when the run ends instead. */
  whenCommitted(): Promise<void>;
}

/** One step being run: its tries, the waits between them and its end. */
export class StepRun {
  shownInput: unknown;
  private tries = 0;
  private startedAt = 0;
  private usage: Usage | undefined;
  /** The one that is being made; none between tries and when all is over. */
  private current: StepTry | undefined;
  private retryTimer: NodeJS.Timeout | undefined;
  /** Set while it sleeps before its next try. */
  private sleep: Promise<unknown> | undefined;
  private isOver = false;

  constructor(
    readonly spec: StepSpec,
    readonly scope: Scope,
    readonly host: RunHost,
    readonly listener: StepListener,
    readonly place: StepPlace = NOWHERE,
  ) {}

  /** The step of the graph's own that this one is, or is below. */
  get outermost(): StepRun {
    return this.place.parent?.run.outermost ?? this;
  }

  /** Whether it, or a step above it, may be tried again. */
  get mayComeAgain(): boolean {
    return (this.spec.retry?.maxAttempts ?? 1) > 1 || (this.place.parent?.run.mayComeAgain ?? false);
  }

  /** Whether nothing but an answer from outside can move it on. */
  get isWaiting(): boolean {
    return this.sleep !== undefined || (this.current?.isWaiting ?? false);
  }

  /** Tells that the next try is about to start. Apart from {@link begin}, so that this can be committed first. */
  announce(): void {
    const { path, nodeId, kind, name } = this.spec;
    if (this.startedAt === 0 && this.sleepsStill()) return;
    this.tries++;
    this.startedAt ||= Date.now();
    const event: { -readonly [Key in keyof KernelEvents['step-start']]: KernelEvents['step-start'][Key] } = {
      kind,
      try: this.tries,
    };
    if (name !== undefined) event.name = name;
    if (nodeId !== path) event.nodeId = nodeId;
    this.host.emit('step-start', path, event);
  }

  begin(): void {
    if (this.isOver) return;
    if (this.sleep) {
      this.tryAgainAfter(this.sleep);
      return;
    }
    const current = new StepTry(this, this.tries);
    this.current = current;
    let result: StepResult | Promise<StepResult>;
    try {
      result = this.spec.run(current);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!isPromise(result)) {
      this.succeed(result);
      return;
    }
    const { timeoutMs } = this.spec;
    if (timeoutMs !== undefined) current.limitTime(timeoutMs, () => this.settle(current, () => this.timeOut(result)));
    result.then(
      (value) => this.settle(current, () => this.succeed(value)),
      (error: unknown) => this.settle(current, () => this.fail(error)),
    );
  }

  /** Ends the step without a result: stops waiting and tells the node. */
  abort(reason: unknown): void {
    this.isOver = true;
    this.close(reason ?? ABORTED);
  }

  /** Ends the step because nobody needs its result any more. */
  giveUp(): void {
    const message = 'The step was given up, because another way came first and nobody needs its result any more.';
    const error = new StepError({ code: 'step.not_needed', message, retryable: false });
    const failure = error.toFailure(this.spec.path);
    this.end({ record: this.recordOf('failed', NO_PORT, undefined, failure) }, error);
  }

  private settle(ofTry: StepTry, how: () => void): void {
    if (this.current !== ofTry) return;
    try {
      how();
    } catch (error) {
      this.listener.stepBroke(error);
    }
  }

  /** What was cut off may still say what it has cost; the failure waits a moment for that. */
  private timeOut(work: Promise<StepResult>): void {
    const details = {
      code: 'step.timeout',
      message: `The step did not finish within ${this.spec.timeoutMs} ms.`,
      retryable: true,
      outcomeUnknown: true,
    };
    const error = new StepError(details);
    if (this.current?.cutActShort(error)) return;
    this.close(error);
    void usageOfCutOff(work).then((usage) => {
      if (this.isOver) return;
      try {
        this.fail(new StepError({ ...details, usage }));
      } catch (defect) {
        this.listener.stepBroke(defect);
      }
    });
  }

  private succeed(result: StepResult): void {
    this.usage = addUsage(this.usage, result.usage);
    const limits = { maxBytes: this.host.limits.maxOutputBytes, maxDepth: MAX_JSON_DEPTH };
    let output: unknown;
    try {
      output = toPlainJson(result.output, limits).value;
    } catch (error) {
      if (!(error instanceof JsonValueError)) throw error;
      this.refuseOutput(error);
      return;
    }
    const { port = DEFAULT_PORT, simulated } = result;
    this.end({ record: this.recordOf('succeeded', port, output), simulated });
  }

  private refuseOutput({ reason, message }: JsonValueError): void {
    const code = reason === 'too_large' ? 'run.limit_output_bytes' : 'step.output_invalid';
    const error: Failure = {
      code,
      message: `The output of the step cannot be kept: ${message}.`,
      retryable: false,
      stepId: this.spec.path,
    };
    const record = this.recordOf('failed', ERROR_PORT, undefined, error);
    this.end({ record, ...(reason === 'too_large' && { endsRun: error }) });
  }

  private fail(thrown: unknown): void {
    const error = thrown instanceof StepError ? thrown : StepError.internal(thrown);
    if (error !== thrown) this.host.report?.(thrown, this.spec.path);
    this.usage = addUsage(this.usage, error.usage);
    const failure = error.toFailure(this.spec.path);
    if (!mayTryAgain(error, this.tries, this.spec.retry)) {
      this.end({ record: this.recordOf('failed', ERROR_PORT, undefined, failure) });
      return;
    }
    this.close();
    const waitMs = waitBeforeNextTryMs(error, this.tries, this.spec.retry);
    this.host.emit('step-retry', this.spec.path, { try: this.tries, waitMs, error: failure });
    if (isSlept(waitMs) && this.sleepUntil(Date.now() + waitMs, failure)) return;
    this.retryTimer = setTimeout(() => this.tryAgain(), waitMs);
    this.listener.stepTold();
  }

  /** Without a worker, once nothing else of the run goes on. */
  private sleepUntil(dueAt: number, error: Failure): boolean {
    const answer = this.host.wait(this.spec.path, sleepBeforeNextTry(this.spec, this.tries, { dueAt, error }));
    if (isPromise(answer)) this.tryAgainAfter(answer);
    return isPromise(answer);
  }

  /** Finds out which tries earlier attempts at the run have made. @returns whether it is too early for the next one */
  private sleepsStill(): boolean {
    this.tries = lastSleptAfter(this.spec, this.host);
    if (this.tries === 0) return false;
    const answer = this.host.wait(this.spec.path, sleepBeforeNextTry(this.spec, this.tries));
    if (isPromise(answer)) this.sleep = answer;
    return isPromise(answer);
  }

  private tryAgainAfter(sleep: Promise<unknown>): void {
    this.sleep = sleep;
    this.place.parent?.keepTime();
    this.listener.stepWaits();
    void sleep.then(() => {
      if (this.isOver) return;
      this.sleep = undefined;
      this.place.parent?.keepTime();
      this.tryAgain();
    });
  }

  private tryAgain(): void {
    try {
      this.announce();
      this.listener.stepTold();
      this.begin();
    } catch (error) {
      this.listener.stepBroke(error);
    }
  }

  private end(end: StepEnd, reason?: unknown): void {
    this.isOver = true;
    this.close(reason);
    this.listener.stepEnded(this, end);
  }

  private close(reason?: unknown): void {
    clearTimeout(this.retryTimer);
    const { current } = this;
    this.current = undefined;
    current?.close(reason);
  }

  /** Written out, because it happens once for each step: spreads would cost as much as a small step itself. */
  private recordOf(status: StepRecord['status'], port: string, output: unknown, error?: Failure): StepRecord {
    const { path, nodeId, kind } = this.spec;
    const { tries, startedAt } = this;
    const record: { -readonly [Key in keyof StepRecord]: StepRecord[Key] } = {
      path,
      nodeId,
      kind,
      status,
      port,
      tries,
      startedAt,
      finishedAt: Date.now(),
    };
    if (status === 'succeeded') record.output = output;
    if (error !== undefined) record.error = error;
    if (this.shownInput !== undefined) record.input = this.shownInput;
    if (this.usage !== undefined) record.usage = this.usage;
    return record;
  }
}

const NOWHERE: StepPlace = {};

/** What a node hears that is stopped while nothing is wrong: its run waits or has ended, or the step above it has. */
const ABORTED = new StepError({
  code: 'step.aborted',
  message: 'The step was stopped from outside.',
  retryable: false,
});
