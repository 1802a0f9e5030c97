import type { InnerStep, Scope } from './node-kind.js';
import type { Plan, PlanNode } from './plan.js';
import { failureOfReason, RunAborted } from './run-aborted.js';
import type { Failure, RunHost, RunOutcome, StepRecord } from './run-host.js';
import { StepError } from './step-error.js';
import { Frontier } from './walk/frontier.js';
import { InnerSteps } from './walk/inner-steps.js';
import { StepRun, type StepEnd, type StepListener } from './walk/step-run.js';

/** How long steps that only compute may follow one another before others get their turn. */
const SLICE_MS = 10;

/** Inner steps that may end before a commit is waited for; bounds what a run holds in memory. */
const MAX_UNCOMMITTED_STEPS = 256;

/**
 * Runs a plan from its start to its end, however that comes about. Steps that an earlier attempt of the run has
 * finished are taken from the host's records. Never rejects.
 */
export function walk(plan: Plan, input: unknown, host: RunHost): Promise<RunOutcome> {
  return new Promise((resolve) => new Walk(plan, input, host, resolve).begin());
}

class Walk implements StepListener {
  private readonly frontier: Frontier;
  private readonly scope: { readonly steps: Record<string, unknown> } & Scope;
  private readonly active = new Set<StepRun>();
  private readonly inner: InnerSteps;
  /** Outputs of the run by the position of their nodes. */
  private readonly outputs = new Map<number, unknown>();
  /** Effectful steps that are announced and wait for the commit before they start. */
  private announced: StepRun[] = [];
  /** Whether an effectful step has ended since the last commit. */
  private hasUncommittedEffect = false;
  private hasWaited = false;
  private hasUncommittedWait = false;
  /** Steps that have ended since the last commit began. */
  private uncommittedSteps = 0;
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
    this.frontier = new Frontier(plan);
    this.inner = new InnerSteps((path) => host.recorded(path));
    const nothing = (): Record<string, unknown> => Object.create(null) as Record<string, unknown>;
    this.scope = { input, steps: nothing(), vars: host.vars ?? nothing() };
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
      else setImmediate(this.advance);
    } catch (error) {
      this.stepBroke(error);
    } finally {
      this.isAdvancing = false;
    }
  };

  /** @returns false when time is up before everything ready has been visited */
  private visitReady(): boolean {
    const deadline = performance.now() + SLICE_MS;
    for (let node = this.frontier.take(); node !== undefined; node = this.frontier.take()) {
      this.visit(node);
      if (this.hasEnded) return true;
      if (performance.now() > deadline) return false;
    }
    return true;
  }

  private visit(node: PlanNode): void {
    if (!this.mayStep()) return;
    const recorded = this.host.recorded(node.path);
    if (recorded !== undefined) {
      this.follow(node, recorded);
      return;
    }
    const step = new StepRun(node, this.scope, this.host, this);
    this.active.add(step);
    this.launch(step);
  }

  private launch(step: StepRun): void {
    step.announce();
    if (step.spec.isEffectful) this.announced.push(step);
    else step.attempt();
  }

  private mayStep(): boolean {
    const { maxSteps } = this.host.limits;
    if (++this.stepCount <= maxSteps) return true;
    this.fail(limitFailure('steps', `The run has made the ${maxSteps} steps that it may make.`));
    return false;
  }

  async runInner(parent: StepRun, inner: InnerStep): Promise<StepRecord> {
    await this.takeTurn();
    if (this.hasEnded || !parent.isActive || !this.mayStep()) return new Promise(() => undefined);
    const found = this.inner.find(parent, inner);
    if ('status' in found) {
      this.countTokens(found);
      return found;
    }
    const step = new StepRun(found, inner.scope ?? parent.scope, this.host, this);
    const ended = this.inner.add(parent, step);
    this.launch(step);
    this.advance();
    return ended;
  }

  /** A node may have any number of inner steps: they neither keep others from their turn nor pile up uncommitted. */
  private async takeTurn(): Promise<void> {
    if (this.uncommittedSteps >= MAX_UNCOMMITTED_STEPS) {
      this.uncommittedSteps = 0;
      await this.host.commit().catch((reason: unknown) => this.commitFailed(reason));
    } else if (performance.now() > this.sliceEnd) {
      if (this.sliceEnd > 0) await new Promise((resolve) => setImmediate(resolve));
      this.sliceEnd = performance.now() + SLICE_MS;
    }
  }

  stepEnded(step: StepRun, { record, simulated, endsRun }: StepEnd): void {
    const { spec } = step;
    this.host.record(record);
    const { status, port, tries, output, error, usage } = record;
    this.host.emit('step-end', spec.path, {
      status,
      port,
      tries,
      ...(status === 'succeeded' && { output }),
      ...(error !== undefined && { error }),
      ...(usage !== undefined && { usage }),
      ...(simulated !== undefined && { simulated }),
    });
    this.hasUncommittedEffect ||= spec.isEffectful;
    this.uncommittedSteps++;
    if (endsRun !== undefined) this.fail(endsRun);
    else if (this.active.delete(step)) this.follow(spec as PlanNode, record);
    else if (this.countTokens(record)) this.inner.end(step, record);
    this.advance();
  }

  stepCutOff(step: StepRun): void {
    this.inner.forget(step);
  }

  /** Looks at it after a turn of the loop, in which a node that has just got an answer can start what it does next. */
  stepWaits(): void {
    this.hasWaited = true;
    this.hasUncommittedWait = true;
    setImmediate(this.suspendOrCommit);
  }

  stepTold(): void {
    this.commit(() => undefined);
  }

  stepBroke(error: unknown): void {
    this.host.report?.(error, this.plan.start.id);
    this.fail(StepError.internal(error).toFailure(this.plan.start.id));
  }

  /** Goes on from a finished step, be it finished just now or in an earlier attempt. */
  private follow(node: PlanNode, record: StepRecord): void {
    const { status, port, output, error } = record;
    if (status === 'failed' && !node.handlesErrors) {
      this.fail(error ?? StepError.internal(undefined).toFailure(node.id));
      return;
    }
    if (!this.countTokens(record)) return;
    this.scope.steps[node.id] =
      status === 'succeeded' ? (output ?? null) : { error: { code: error?.code, message: error?.message } };
    if (node.isOutput && status === 'succeeded') this.outputs.set(node.index, output ?? null);
    this.frontier.leave(node, port);
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
      this.end({ status: 'succeeded', output: this.outputs.size === 0 ? null : this.firstOutput() });
      return;
    }
    if (this.announced.length === 0 && !this.hasUncommittedEffect) {
      if (this.hasWaited) setImmediate(this.suspendOrCommit);
      return;
    }
    const starting = this.announced;
    this.announced = [];
    this.hasUncommittedEffect = false;
    this.commit(() => this.start(starting));
  }

  /** Ends the attempt when everything that is left waits. What is being run or about to be tried again is not cut off. */
  private readonly suspendOrCommit = (): void => {
    if (this.hasEnded || this.active.size === 0) return;
    if (this.announced.length === 0 && this.allWait()) {
      this.end({ status: 'waiting' });
    } else if (this.hasUncommittedWait) {
      this.hasUncommittedWait = false;
      this.commit(() => undefined);
    }
  };

  private allWait(): boolean {
    for (const step of this.active) if (!step.isWaiting) return false;
    return true;
  }

  private commit(andThen: () => void): void {
    this.uncommittedSteps = 0;
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
        step.attempt();
      }
    } catch (error) {
      this.stepBroke(error);
    }
  }

  private firstOutput(): unknown {
    return this.outputs.get(Math.min(...this.outputs.keys()));
  }

  private fail(error: Failure): void {
    this.end({ status: 'failed', error });
  }

  private end(outcome: RunOutcome): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.host.signal.removeEventListener('abort', this.onAbort);
    const failure = outcome.status === 'failed' ? outcome.error : undefined;
    for (const step of this.active) step.abort(failure && new RunAborted(failure));
    this.active.clear();
    this.resolve(outcome);
  }
}

function limitFailure(name: string, message: string): Failure {
  return { code: `run.limit_${name}`, message, retryable: false };
}
