import { ERROR_PORT } from './graph.js';
import type { InnerStep } from './node-kind.js';
import type { Plan } from './plan.js';
import { failureOfReason, limitFailure, RunAborted } from './run-aborted.js';
import type { Failure, RunHost, RunOutcome, StepRecord } from './run-host.js';
import { StepError } from './step-error.js';
import type { StepTry } from './walk/step-try.js';
import { InnerSteps } from './walk/inner-steps.js';
import type { Visit } from './walk/pass.js';
import { Route, specOf } from './walk/route.js';
import { type StepEnd, stepEndEvent } from './walk/step-end.js';
import { StepRun, type StepListener } from './walk/step-run.js';

/** How long computing steps may follow one another before others get their turn. */
const SLICE_MS = 10;

/** Steps that may end before a commit is waited for; bounds what a run holds in memory. */
const MAX_UNCOMMITTED_STEPS = 256;

/**
 * Runs a plan from its start to its end, however that comes about. Steps that an earlier attempt of the run has
 * finished are taken from the host's records. Never rejects.
 */
export function walk(plan: Plan, input: unknown, host: RunHost): Promise<RunOutcome> {
  return new Promise((resolve) => new Walk(plan, input, host, resolve).begin());
}

class Walk implements StepListener {
  private readonly route: Route;
  private readonly active = new Map<StepRun, Visit>();
  private readonly inner: InnerSteps;
  /** Effectful steps that are announced and wait for the commit before they start. */
  private announced: StepRun[] = [];
  /** Whether an effectful step has ended since the last commit. */
  private hasUncommittedEffect = false;
  private hasWaited = false;
  private hasUncommittedWait = false;
  /** Steps that have ended since the last commit began. */
  private uncommittedSteps = 0;
  /** The commit that those wait for who make many steps. */
  private flush: Promise<void> | undefined;
  private isLookPlanned = false;
  private isAdvancePlanned = false;
  private stepCount = 0;
  private tokenCount = 0;
  private isAdvancing = false;
  private sliceEnd = 0;
  private hasEnded = false;
  private readonly onAbort = (): void => this.fail(failureOfReason(this.host.signal.reason));

  constructor(
    private readonly plan: Plan,
    input: unknown,
    private readonly host: RunHost,
    private readonly resolve: (outcome: RunOutcome) => void,
  ) {
    this.route = new Route(plan, input, host.vars);
    this.inner = new InnerSteps((path) => host.recorded(path));
  }

  begin(): void {
    if (this.host.signal.aborted) {
      this.onAbort();
      return;
    }
    this.host.signal.addEventListener('abort', this.onAbort, { once: true });
    this.advance();
  }

  /** Runs what is ready until nothing is, then sees to commits and to the end. */
  private readonly advance = (): void => {
    if (this.isAdvancing || this.hasEnded) return;
    this.isAdvancing = true;
    try {
      if (this.visitReady()) this.finishRound();
      else if (this.uncommittedSteps >= MAX_UNCOMMITTED_STEPS) this.commit(this.advance);
      else setImmediate(this.advance);
    } catch (error) {
      this.stepBroke(error);
    } finally {
      this.isAdvancing = false;
    }
  };

  /** After what else happens in this turn of the event loop: steps below a step begin and end in swarms, for one commit. */
  private advanceSoon(): void {
    if (this.isAdvancePlanned) return;
    this.isAdvancePlanned = true;
    setImmediate(() => {
      this.isAdvancePlanned = false;
      this.advance();
    });
  }

  /** @returns false when it is time for others, or for a commit, before everything ready has been visited */
  private visitReady(): boolean {
    const deadline = performance.now() + SLICE_MS;
    for (let visit = this.route.take(); visit !== undefined; visit = this.route.take()) {
      this.visit(visit);
      if (this.hasEnded) return true;
      if (performance.now() > deadline || this.uncommittedSteps >= MAX_UNCOMMITTED_STEPS) return !this.route.hasMore;
    }
    return true;
  }

  private visit(visit: Visit): void {
    if (!this.mayStep()) return;
    const { node, pass, loop } = visit;
    if (node.joins === 'first') {
      const isGivenUp = this.route.giveUpOthers(visit);
      for (const [step, other] of [...this.active]) if (isGivenUp(other)) step.giveUp();
    }
    const spec = specOf(visit);
    const recorded = this.host.recorded(spec.path);
    if (recorded !== undefined) {
      this.follow(visit, recorded);
      return;
    }
    const arrivals = node.joins && pass.arrivalsAt(node);
    const place = loop !== undefined || arrivals !== undefined ? { loop, arrivals } : undefined;
    const step = new StepRun(spec, this.route.scope, this.host, this, place);
    this.active.set(step, visit);
    this.launch(step);
  }

  private launch(step: StepRun): void {
    step.announce();
    if (step.spec.isEffectful) this.announced.push(step);
    else step.begin();
  }

  private mayStep(): boolean {
    const { maxSteps } = this.host.limits;
    if (++this.stepCount <= maxSteps) return true;
    this.fail(limitFailure('steps', `The run has made the ${maxSteps} steps that it may make.`));
    return false;
  }

  runInner(above: StepTry, inner: InnerStep): StepRecord | Promise<StepRecord> {
    if (this.hasEnded || !this.mayStep()) return new Promise(() => undefined);
    const found = this.inner.find(above, inner);
    if ('status' in found) {
      this.countTokens(found);
      return found;
    }
    const step = new StepRun(found, inner.scope ?? above.scope, this.host, this, { parent: above });
    const ended = this.inner.add(above, step);
    this.launch(step);
    this.advanceSoon();
    return ended;
  }

  /** A node may have any number of inner steps: they neither keep others from their turn nor pile up uncommitted. */
  async takeTurn(): Promise<void> {
    while (this.uncommittedSteps >= MAX_UNCOMMITTED_STEPS && !this.hasEnded) {
      this.flush ??= this.whenCommitted().finally(() => (this.flush = undefined));
      await this.flush;
    }
    if (performance.now() <= this.sliceEnd) return;
    if (this.sliceEnd > 0) await new Promise((resolve) => setImmediate(resolve));
    this.sliceEnd = performance.now() + SLICE_MS;
  }

  stepEnded(step: StepRun, end: StepEnd): void {
    const { spec } = step;
    const { record, endsRun } = end;
    this.host.record(record);
    this.host.emit('step-end', spec.path, stepEndEvent(end));
    this.hasUncommittedEffect ||= spec.isEffectful;
    this.uncommittedSteps++;
    const visit = this.active.get(step);
    this.active.delete(step);
    if (endsRun !== undefined) this.fail(endsRun);
    else if (visit !== undefined) this.follow(visit, record);
    else if (this.countTokens(record)) this.inner.end(step, record);
    if (visit === undefined) this.advanceSoon();
    else this.advance();
  }

  stepWaits(): void {
    this.hasWaited = true;
    this.hasUncommittedWait = true;
    this.lookWhetherAllWait();
  }

  stepTold(): void {
    this.commit(() => undefined);
  }

  stepBroke(error: unknown): void {
    this.host.report?.(error, this.plan.start.id);
    this.fail(StepError.internal(error).toFailure(this.plan.start.id));
  }

  /** Goes on from a finished step, be it finished just now or in an earlier attempt. */
  private follow(visit: Visit, record: StepRecord): void {
    const { node } = visit;
    if (record.status === 'failed' && record.port === ERROR_PORT && !node.handlesErrors) {
      this.fail(record.error ?? StepError.internal(undefined).toFailure(record.path));
      return;
    }
    if (this.countTokens(record)) this.route.follow(visit, record);
  }

  /** @returns false when the run has ended because of it */
  private countTokens({ usage }: StepRecord): boolean {
    this.tokenCount += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    const { maxTokens } = this.host.limits;
    if (this.tokenCount <= maxTokens) return true;
    this.fail(limitFailure('tokens', `The run has used more than the ${maxTokens} tokens that it may use.`));
    return false;
  }

  /**
   * Everything that could be computed has been. What waits for the outside starts after one commit that covers all of
   * it: the effects that have ended, what was computed from them, and the announcements. A computed step may thus
   * build on a result that is not yet durable, which nobody can notice: both become durable together or not at all.
   */
  private finishRound(): void {
    if (this.hasEnded) return;
    if (this.active.size === 0) {
      this.end({ status: 'succeeded', output: this.route.output });
      return;
    }
    if (this.announced.length === 0 && !this.hasUncommittedEffect) {
      this.lookWhetherAllWait();
      return;
    }
    const starting = this.announced;
    this.announced = [];
    this.hasUncommittedEffect = false;
    this.commit(() => this.start(starting));
  }

  /** After a turn of the event loop, in which a node that has just got an answer can start what it does next. */
  private lookWhetherAllWait(): void {
    if (!this.hasWaited || this.isLookPlanned) return;
    this.isLookPlanned = true;
    setImmediate(this.suspendOrCommit);
  }

  /** Ends the attempt when everything that is left waits. What is being run or about to be tried again is not cut off. */
  private readonly suspendOrCommit = (): void => {
    this.isLookPlanned = false;
    if (this.hasEnded || this.active.size === 0) return;
    if (this.announced.length === 0 && !this.route.hasMore && this.allWait()) {
      this.end({ status: 'waiting' });
    } else if (this.hasUncommittedWait) {
      this.commit(() => undefined);
    }
  };

  private allWait(): boolean {
    for (const step of this.active.keys()) if (!step.isWaiting) return false;
    return true;
  }

  whenCommitted(): Promise<void> {
    return new Promise((resolve) => this.commit(resolve));
  }

  private commit(andThen: () => void): void {
    this.uncommittedSteps = 0;
    this.hasUncommittedWait = false;
    this.host.commit().then(andThen, (reason: unknown) => this.commitFailed(reason));
  }

  private commitFailed(reason: unknown): void {
    if (!(reason instanceof RunAborted)) this.host.report?.(reason, this.plan.start.id);
    this.fail(failureOfReason(reason));
  }

  private start(steps: readonly StepRun[]): void {
    try {
      for (const step of steps) {
        if (this.hasEnded) return;
        step.begin();
      }
      this.lookWhetherAllWait();
    } catch (error) {
      this.stepBroke(error);
    }
  }

  private fail(error: Failure): void {
    this.end({ status: 'failed', error });
  }

  private end(outcome: RunOutcome): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.host.signal.removeEventListener('abort', this.onAbort);
    const failure = outcome.status === 'failed' ? outcome.error : undefined;
    for (const step of this.active.keys()) step.abort(failure && new RunAborted(failure));
    this.active.clear();
    this.resolve(outcome);
  }
}
