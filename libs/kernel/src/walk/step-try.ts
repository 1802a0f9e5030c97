import { isPromise } from '../map-result.js';
import type { Effect, InnerStep, LoopState, Scope, StepContext } from '../node-kind.js';
import type { LogLevel, StepRecord, WaitAnswer, WaitRequest } from '../run-host.js';
import type { StepError } from '../step-error.js';
import type { StepServices } from '../step-services.js';
import { lastingPath } from './lasting-path.js';
import { performEffect } from './perform-effect.js';
import type { StepRun } from './step-run.js';
import { TimeLimit } from './time-limit.js';

/**
 * One try of a step, and the context that the node sees in it. Once it is over, what the node still says or asks is
 * not heard: it gets no answers, starts no steps and performs no effects.
 */
export class StepTry implements StepContext {
  /** Steps of this one that are being run. */
  readonly inner = new Set<StepRun>();
  isActive = true;
  private controller: AbortController | undefined;
  private limit: TimeLimit | undefined;
  private openWaits = 0;
  private cutAct: ((reason: unknown) => void) | undefined;
  /** Inner steps that have been asked for and not yet begun. */
  private starting = 0;

  constructor(
    readonly run: StepRun,
    readonly tryNumber: number,
  ) {}

  get path(): string {
    return this.run.spec.path;
  }

  get scope(): Scope {
    return this.run.scope;
  }

  get services(): StepServices {
    return this.run.host.services;
  }

  get idempotencyKey(): string {
    return `${this.run.host.executionId}:${lastingPath(this.run.spec.path)}`;
  }

  get maxOutputBytes(): number {
    return this.run.host.limits.maxOutputBytes;
  }

  get arrivals(): readonly string[] {
    return this.run.place.arrivals ?? NOBODY;
  }

  get loop(): LoopState | undefined {
    return this.run.place.loop;
  }

  /** Made when somebody asks: a node that only computes never does. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    return this.controller.signal;
  }

  /** Whether nothing but an answer from outside can move it on. */
  get isWaiting(): boolean {
    if (this.starting > 0 || (this.openWaits === 0 && this.inner.size === 0)) return false;
    for (const step of this.inner) if (!step.isWaiting) return false;
    return true;
  }

  delta(text: string): void {
    if (this.isActive) this.run.host.delta(this.run.spec.path, text);
  }

  log(level: LogLevel, message: string): void {
    if (this.isActive) this.run.host.emit('log', this.run.spec.path, { level, message });
  }

  showInput(input: unknown): void {
    if (this.isActive) this.run.shownInput = input;
  }

  async step(inner: InnerStep): Promise<StepRecord> {
    if (!this.isActive) return never();
    this.starting++;
    this.keepTime();
    const { listener } = this.run;
    await listener.takeTurn();
    this.starting--;
    const begun = this.isActive ? listener.runInner(this, inner) : undefined;
    this.keepTime();
    const record = await begun;
    return record !== undefined && this.isActive ? record : never();
  }

  async wait(request: WaitRequest): Promise<WaitAnswer> {
    if (!this.isActive) return never();
    const answer = this.run.host.wait(this.run.spec.path, request);
    if (!isPromise(answer)) return answer;
    this.openWaits++;
    this.keepTime();
    this.run.listener.stepWaits();
    const given = await answer;
    this.openWaits--;
    this.keepTime();
    return this.isActive ? given : never();
  }

  hasAsked(key: string): boolean {
    return this.run.host.hasAsked(this.run.spec.path, key);
  }

  effect<Reply>(effect: Effect, act: () => Promise<Reply>): Promise<Reply> {
    return this.isActive ? performEffect(this, effect, act) : never();
  }

  /** For an act that must not be repeated by itself: a time limit ends the act and not the step, see {@link cutActShort}. */
  async actAlone<Reply>(act: () => Promise<Reply>): Promise<Reply> {
    try {
      return await new Promise<Reply>((resolve, reject) => {
        this.cutAct = reject;
        act().then(resolve, reject);
      });
    } finally {
      this.cutAct = undefined;
    }
  }

  /**
   * Ends such an act without knowing its outcome, which is for a person to say.
   * @returns false when there is none
   */
  cutActShort(reason: StepError): boolean {
    if (this.cutAct === undefined) return false;
    const { controller } = this;
    this.controller = undefined;
    this.limit?.renew();
    controller?.abort(reason);
    this.cutAct?.(reason);
    return true;
  }

  /** Resolves when everything so far is durable; never when the try is over then. */
  async commit(): Promise<void> {
    await this.run.listener.whenCommitted();
    if (!this.isActive) await never();
  }

  limitTime(ms: number, onOver: () => void): void {
    this.limit = new TimeLimit(ms, onOver);
    this.keepTime();
  }

  /** A limit for one try is no limit for somebody's answer, be it here or in the steps below. */
  keepTime(): void {
    if (this.isActive && this.limit !== undefined) {
      if (this.isWaiting) this.limit.pause();
      else this.limit.run();
    }
    this.run.place.parent?.keepTime();
  }

  /** The try is over, and with it everything below it. Tells the node when there is a reason. */
  close(reason?: unknown): void {
    this.isActive = false;
    this.limit?.pause();
    for (const step of this.inner) step.abort(reason);
    this.inner.clear();
    if (reason !== undefined) this.controller?.abort(reason);
  }
}

const NOBODY: readonly string[] = [];

/** For who asks after its try is over: nobody listens to it any more. */
function never<Value>(): Promise<Value> {
  return new Promise(() => undefined);
}
