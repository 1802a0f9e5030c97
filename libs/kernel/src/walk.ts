import type { Scope } from './node-kind.js';
import type { Plan, PlanNode } from './plan.js';
import { failureOfReason, RunAborted } from './run-aborted.js';
import type { Failure, RunHost, RunOutcome, StepRecord } from './run-host.js';
import { StepError } from './step-error.js';
import { Frontier } from './walk/frontier.js';
import { StepRun, type StepEnd, type StepListener } from './walk/step-run.js';

/** How long steps that only compute may follow one another before others get their turn. */
const SLICE_MS = 10;

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
  /** Outputs of the run by the position of their nodes. */
  private readonly outputs = new Map<number, unknown>();
  /** Effectful steps that are announced and wait for the commit before they start. */
  private announced: StepRun[] = [];
  /** Whether an effectful step has ended since the last commit. */
  private hasUncommittedEffect = false;
  private stepCount = 0;
  private tokenCount = 0;
  private isAdvancing = false;
  private hasEnded = false;
  private readonly onAbort = (): void => this.fail(failureOfReason(this.host.signal.reason));

  constructor(
    private readonly plan: Plan,
    input: unknown,
    private readonly host: RunHost,
    private readonly resolve: (outcome: RunOutcome) => void,
  ) {
    this.frontier = new Frontier(plan);
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
    if (++this.stepCount > this.host.limits.maxSteps) {
      const { maxSteps } = this.host.limits;
      this.fail(limitFailure('steps', `The run has made the ${maxSteps} steps that it may make.`));
      return;
    }
    const recorded = this.host.recorded(node.id);
    if (recorded !== undefined) {
      this.follow(node, recorded);
      return;
    }
    const step = new StepRun(node, this.scope, this.host, this);
    this.active.add(step);
    step.announce();
    if (node.isEffectful) this.announced.push(step);
    else step.attempt();
  }

  stepEnded(step: StepRun, { record, simulated, endsRun }: StepEnd): void {
    const { node } = step;
    this.active.delete(step);
    this.host.record(record);
    const { status, port, tries, output, error, usage } = record;
    this.host.emit('step-end', node.id, {
      status,
      port,
      tries,
      ...(status === 'succeeded' && { output }),
      ...(error !== undefined && { error }),
      ...(usage !== undefined && { usage }),
      ...(simulated !== undefined && { simulated }),
    });
    this.hasUncommittedEffect ||= node.isEffectful;
    if (endsRun !== undefined) this.fail(endsRun);
    else this.follow(node, record);
    this.advance();
  }

  stepTold(): void {
    this.commit(() => undefined);
  }

  stepBroke(error: unknown): void {
    this.host.report?.(error, this.plan.start.id);
    this.fail(StepError.internal(error).toFailure(this.plan.start.id));
  }

  /** Goes on from a finished step, be it finished just now or in an earlier attempt. */
  private follow(node: PlanNode, { status, port, output, error, usage }: StepRecord): void {
    this.tokenCount += (usage?.inputTokens ?? 0) + (usage?.outputTokens ?? 0);
    if (status === 'failed' && !node.handlesErrors) {
      this.fail(error ?? StepError.internal(undefined).toFailure(node.id));
      return;
    }
    if (this.tokenCount > this.host.limits.maxTokens) {
      const { maxTokens } = this.host.limits;
      this.fail(limitFailure('tokens', `The run has used more than the ${maxTokens} tokens that it may use.`));
      return;
    }
    this.scope.steps[node.id] =
      status === 'succeeded' ? (output ?? null) : { error: { code: error?.code, message: error?.message } };
    if (node.isOutput && status === 'succeeded') this.outputs.set(node.index, output ?? null);
    this.frontier.leave(node, port);
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
    if (this.announced.length === 0 && !this.hasUncommittedEffect) return;
    const starting = this.announced;
    this.announced = [];
    this.hasUncommittedEffect = false;
    this.commit(() => this.start(starting));
  }

  private commit(andThen: () => void): void {
    this.host.commit().then(andThen, (reason: unknown) => {
      if (!(reason instanceof RunAborted)) this.host.report?.(reason, this.plan.start.id);
      this.fail(failureOfReason(reason));
    });
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
