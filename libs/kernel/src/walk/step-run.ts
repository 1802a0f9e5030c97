import { DEFAULT_PORT, ERROR_PORT } from '../graph.js';
import { JsonValueError, MAX_JSON_DEPTH, toPlainJson } from '../json/plain-json.js';
import { isPromise } from '../map-result.js';
import type { Effect, InnerStep, Scope, StepContext, StepResult } from '../node-kind.js';
import type { StepSpec } from '../plan.js';
import type { Failure, LogLevel, RunHost, StepRecord, Usage, WaitAnswer, WaitRequest } from '../run-host.js';
import { StepError } from '../step-error.js';
import type { StepServices } from '../step-services.js';
import { addUsage } from '../usage.js';
import { backoffMs } from './backoff.js';
import { performEffect } from './perform-effect.js';

/** How a step ended: what is kept of it, and whether the whole run must end with it. */
export interface StepEnd {
  readonly record: StepRecord;
  readonly simulated?: boolean;
  /** Set when the step broke a limit of the run. */
  readonly endsRun?: Failure;
}

/** Who runs the steps. None of these may be called after the step was aborted. */
export interface StepListener {
  /** Exactly once, possibly during {@link StepRun.attempt}. */
  stepEnded(step: StepRun, end: StepEnd): void;
  /** Something was emitted that watchers should see although the step goes on. */
  stepTold(): void;
  /** The step waits, or no longer does. */
  stepWaits(): void;
  /** An exception in our own code. */
  stepBroke(error: unknown): void;
  /** A step below this one is to be run. */
  runInner(parent: StepRun, inner: InnerStep): Promise<StepRecord>;
  /** An inner step was ended together with the attempt above it. */
  stepCutOff(step: StepRun): void;
}

/**
 * One step being run: its attempts, the waits between them and its time limit. Also the context that the node sees;
 * once the step has ended, what a late attempt still says is not heard.
 */
export class StepRun implements StepContext {
  /** Steps of this one that are being run. */
  readonly inner = new Set<StepRun>();
  private tries = 0;
  private startedAt = 0;
  private shownInput: unknown;
  private usage: Usage | undefined;
  private timer: NodeJS.Timeout | undefined;
  private controller: AbortController | undefined;
  /** The attempt that may still speak; 0 between attempts and when all is over. */
  private activeTry = 0;
  private openWaits = 0;
  private isOver = false;

  constructor(
    readonly spec: StepSpec,
    readonly scope: Scope,
    private readonly host: RunHost,
    private readonly listener: StepListener,
  ) {}

  get services(): StepServices {
    return this.host.services;
  }

  get idempotencyKey(): string {
    return `${this.host.executionId}:${this.spec.path}`;
  }

  /** Made when somebody asks: a node that only computes never does. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  /** Which attempt of the node this is, from 1. */
  get tryNumber(): number {
    return this.tries;
  }

  get isActive(): boolean {
    return this.activeTry > 0;
  }

  /** Whether nothing but an answer from outside can move it on. */
  get isWaiting(): boolean {
    if (this.openWaits > 0) return true;
    if (this.inner.size === 0) return false;
    for (const step of this.inner) if (!step.isWaiting) return false;
    return true;
  }

  delta(text: string): void {
    if (this.activeTry > 0) this.host.delta(this.spec.path, text);
  }

  log(level: LogLevel, message: string): void {
    if (this.activeTry > 0) this.host.emit('log', this.spec.path, { level, message });
  }

  showInput(input: unknown): void {
    if (this.activeTry > 0) this.shownInput = input;
  }

  step(inner: InnerStep): Promise<StepRecord> {
    return this.activeTry > 0 ? this.listener.runInner(this, inner) : never();
  }

  async wait(request: WaitRequest): Promise<WaitAnswer> {
    if (this.activeTry === 0) return never();
    const answer = this.host.wait(this.spec.path, request);
    if (!isPromise(answer)) return answer;
    // A limit for one attempt is no limit for somebody's answer.
    clearTimeout(this.timer);
    this.openWaits++;
    this.listener.stepWaits();
    const given = await answer;
    this.openWaits--;
    return this.activeTry > 0 ? given : never();
  }

  effect<Reply>(effect: Effect, act: () => Promise<Reply>): Promise<Reply> {
    const ofTry = this.activeTry;
    const isActive = (): boolean => ofTry > 0 && this.activeTry === ofTry;
    const { path } = this.spec;
    return performEffect({ path, host: this.host, isActive, wait: (request) => this.wait(request) }, effect, act);
  }

  /** Tells that the next attempt is about to start. Apart from {@link attempt}, so that this can be committed first. */
  announce(): void {
    const { path, nodeId, kind, name } = this.spec;
    this.tries++;
    this.startedAt ||= Date.now();
    this.host.emit('step-start', path, {
      kind,
      ...(name !== undefined && { name }),
      ...(nodeId !== path && { nodeId }),
      try: this.tries,
    });
  }

  attempt(): void {
    if (this.isOver) return;
    const current = this.tries;
    this.activeTry = current;
    let result: StepResult | Promise<StepResult>;
    try {
      result = this.spec.run(this);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!isPromise(result)) {
      this.succeed(result);
      return;
    }
    if (this.spec.timeoutMs !== undefined && this.openWaits === 0) {
      this.timer = setTimeout(() => this.settle(current, () => this.timeOut()), this.spec.timeoutMs);
    }
    result.then(
      (value) => this.settle(current, () => this.succeed(value)),
      (error: unknown) => this.settle(current, () => this.fail(error)),
    );
  }

  /** Ends the step without a result: stops waiting and tells the node. */
  abort(reason: unknown): void {
    this.isOver = true;
    this.close(reason);
    this.controller?.abort(reason);
  }

  private settle(ofTry: number, how: () => void): void {
    if (this.activeTry !== ofTry) return;
    try {
      how();
    } catch (error) {
      this.listener.stepBroke(error);
    }
  }

  private timeOut(): void {
    const error = new StepError({
      code: 'step.timeout',
      message: `The step did not finish within ${this.spec.timeoutMs} ms.`,
      retryable: true,
    });
    const { controller } = this;
    this.controller = undefined;
    this.fail(error);
    controller?.abort(error);
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
    this.end({ record: { ...this.recordBase(), status: 'succeeded', port, output }, simulated });
  }

  private refuseOutput({ reason, message }: JsonValueError): void {
    const code = reason === 'too_large' ? 'run.limit_output_bytes' : 'step.output_invalid';
    const error: Failure = {
      code,
      message: `The output of the step cannot be kept: ${message}.`,
      retryable: false,
      stepId: this.spec.path,
    };
    const record: StepRecord = { ...this.recordBase(), status: 'failed', port: ERROR_PORT, error };
    this.end({ record, ...(reason === 'too_large' && { endsRun: error }) });
  }

  private fail(thrown: unknown): void {
    const error = thrown instanceof StepError ? thrown : StepError.internal(thrown);
    if (error !== thrown) this.host.report?.(thrown, this.spec.path);
    this.usage = addUsage(this.usage, error.usage);
    const failure = error.toFailure(this.spec.path);
    const { maxAttempts = 1, backoffMs: firstWaitMs } = this.spec.retry ?? {};
    if (!error.retryable || this.tries >= maxAttempts) {
      this.end({ record: { ...this.recordBase(), status: 'failed', port: ERROR_PORT, error: failure } });
      return;
    }
    this.close();
    const waitMs = backoffMs(this.tries, firstWaitMs, error.retryAfterMs);
    this.host.emit('step-retry', this.spec.path, { try: this.tries, waitMs, error: failure });
    this.timer = setTimeout(() => this.tryAgain(), waitMs);
    this.listener.stepTold();
  }

  private tryAgain(): void {
    try {
      this.controller = undefined;
      this.announce();
      this.listener.stepTold();
      this.attempt();
    } catch (error) {
      this.listener.stepBroke(error);
    }
  }

  private end(end: StepEnd): void {
    this.isOver = true;
    this.close();
    this.listener.stepEnded(this, end);
  }

  /** The attempt is over, and with it everything below it. */
  private close(reason?: unknown): void {
    this.activeTry = 0;
    this.openWaits = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const step of this.inner) {
      step.abort(reason);
      this.listener.stepCutOff(step);
    }
    this.inner.clear();
  }

  private recordBase(): Omit<StepRecord, 'status' | 'port'> {
    return {
      path: this.spec.path,
      nodeId: this.spec.nodeId,
      kind: this.spec.kind,
      ...(this.shownInput !== undefined && { input: this.shownInput }),
      ...(this.usage !== undefined && { usage: this.usage }),
      tries: this.tries,
      startedAt: this.startedAt,
      finishedAt: Date.now(),
    };
  }
}

/** For who asks after its attempt is over: nobody listens to it any more. */
function never<Value>(): Promise<Value> {
  return new Promise(() => undefined);
}
