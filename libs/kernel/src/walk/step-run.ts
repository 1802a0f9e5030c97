import { DEFAULT_PORT, ERROR_PORT } from '../graph.js';
import { JsonValueError, MAX_JSON_DEPTH, toPlainJson } from '../json/plain-json.js';
import { isPromise } from '../map-result.js';
import type { Scope, StepContext, StepResult } from '../node-kind.js';
import type { PlanNode } from '../plan.js';
import type { Failure, LogLevel, RunHost, StepRecord, Usage } from '../run-host.js';
import { StepError } from '../step-error.js';
import type { StepServices } from '../step-services.js';
import { addUsage } from '../usage.js';
import { backoffMs } from './backoff.js';

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
  /** An exception in our own code. */
  stepBroke(error: unknown): void;
}

/**
 * One node being run: its attempts, the waits between them and its time limit. Also the context that the node sees;
 * once the step has ended, what a late attempt still says is not heard.
 */
export class StepRun implements StepContext {
  private tries = 0;
  private startedAt = 0;
  private shownInput: unknown;
  private usage: Usage | undefined;
  private timer: NodeJS.Timeout | undefined;
  private controller: AbortController | undefined;
  /** The attempt that may still speak; 0 between attempts and when all is over. */
  private activeTry = 0;

  constructor(
    readonly node: PlanNode,
    readonly scope: Scope,
    private readonly host: RunHost,
    private readonly listener: StepListener,
  ) {}

  get services(): StepServices {
    return this.host.services;
  }

  get idempotencyKey(): string {
    return `${this.host.executionId}:${this.node.id}`;
  }

  /** Made when somebody asks: a node that only computes never does. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  delta(text: string): void {
    if (this.activeTry > 0) this.host.delta(this.node.id, text);
  }

  log(level: LogLevel, message: string): void {
    if (this.activeTry > 0) this.host.emit('log', this.node.id, { level, message });
  }

  showInput(input: unknown): void {
    if (this.activeTry > 0) this.shownInput = input;
  }

  /** Tells that the next attempt is about to start. Apart from {@link attempt}, so that this can be committed first. */
  announce(): void {
    const { id, kind, name } = this.node;
    this.tries++;
    this.startedAt ||= Date.now();
    this.host.emit('step-start', id, { kind, ...(name !== undefined && { name }), try: this.tries });
  }

  attempt(): void {
    const current = this.tries;
    this.activeTry = current;
    let result: StepResult | Promise<StepResult>;
    try {
      result = this.node.run(this);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (!isPromise(result)) {
      this.succeed(result);
      return;
    }
    if (this.node.timeoutMs !== undefined) {
      this.timer = setTimeout(() => this.settle(current, () => this.timeOut()), this.node.timeoutMs);
    }
    result.then(
      (value) => this.settle(current, () => this.succeed(value)),
      (error: unknown) => this.settle(current, () => this.fail(error)),
    );
  }

  /** Ends the step without a result: stops waiting and tells the node. */
  abort(reason: unknown): void {
    this.close();
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
      message: `The step did not finish within ${this.node.timeoutMs} ms.`,
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
      stepId: this.node.id,
    };
    const record: StepRecord = { ...this.recordBase(), status: 'failed', port: ERROR_PORT, error };
    this.end({ record, ...(reason === 'too_large' && { endsRun: error }) });
  }

  private fail(thrown: unknown): void {
    const error = thrown instanceof StepError ? thrown : StepError.internal(thrown);
    if (error !== thrown) this.host.report?.(thrown, this.node.id);
    this.usage = addUsage(this.usage, error.usage);
    const failure = error.toFailure(this.node.id);
    const { maxAttempts = 1, backoffMs: firstWaitMs } = this.node.retry ?? {};
    if (!error.retryable || this.tries >= maxAttempts) {
      this.end({ record: { ...this.recordBase(), status: 'failed', port: ERROR_PORT, error: failure } });
      return;
    }
    this.close();
    const waitMs = backoffMs(this.tries, firstWaitMs, error.retryAfterMs);
    this.host.emit('step-retry', this.node.id, { try: this.tries, waitMs, error: failure });
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
    this.close();
    this.listener.stepEnded(this, end);
  }

  private close(): void {
    this.activeTry = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private recordBase(): Omit<StepRecord, 'status' | 'port'> {
    return {
      path: this.node.id,
      nodeId: this.node.id,
      kind: this.node.kind,
      ...(this.shownInput !== undefined && { input: this.shownInput }),
      ...(this.usage !== undefined && { usage: this.usage }),
      tries: this.tries,
      startedAt: this.startedAt,
      finishedAt: Date.now(),
    };
  }
}
