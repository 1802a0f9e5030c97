import type { InnerStep } from '../node-kind.js';
import type { StepSpec } from '../plan.js';
import type { StepRecord } from '../run-host.js';
import type { StepRun } from './step-run.js';

/** The step above an inner step, and how it hears of the result. */
interface Above {
  readonly parent: StepRun;
  readonly answer: (record: StepRecord) => void;
}

/** Which steps belong to a step above them, and what they have achieved in earlier tries of it. */
export class InnerSteps {
  private readonly above = new Map<StepRun, Above>();
  private readonly recordsOfThisAttempt = new Map<string, StepRecord>();

  constructor(private readonly recorded: (path: string) => StepRecord | undefined) {}

  /**
   * The spec of what is to be run, or the record of what was. A try of the parent begins with what earlier ones have
   * achieved; what failed in one of them keeps its record, so the next try gets a path of its own.
   */
  find(parent: StepRun, inner: InnerStep): StepSpec | StepRecord {
    const path = `${parent.spec.path}/${inner.path}`;
    for (let each = 1; ; each++) {
      const candidate = each === 1 ? path : `${path}~${each}`;
      const record = this.recorded(candidate) ?? this.recordsOfThisAttempt.get(candidate);
      if (record === undefined) return specOf(candidate, parent.spec.nodeId, inner);
      if (record.status === 'succeeded' || each >= parent.tryNumber) return record;
    }
  }

  /** Resolves when the inner step has ended; never when its parent ends first. */
  add(parent: StepRun, step: StepRun): Promise<StepRecord> {
    parent.inner.add(step);
    return new Promise((answer) => this.above.set(step, { parent, answer }));
  }

  /** @returns false when the step is nobody's inner step */
  end(step: StepRun, record: StepRecord): boolean {
    const above = this.above.get(step);
    if (above === undefined) return false;
    this.above.delete(step);
    above.parent.inner.delete(step);
    if ((above.parent.spec.retry?.maxAttempts ?? 1) > 1) this.recordsOfThisAttempt.set(record.path, record);
    above.answer(record);
    return true;
  }

  /** The step was cut off together with its parent's attempt. */
  forget(step: StepRun): void {
    this.above.delete(step);
  }
}

function specOf(path: string, nodeId: string, { kind, name, effect, retry, timeoutMs, run }: InnerStep): StepSpec {
  return {
    path,
    nodeId,
    kind,
    ...(name !== undefined && { name }),
    isEffectful: effect === 'effectful',
    run,
    ...(retry !== undefined && { retry }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
