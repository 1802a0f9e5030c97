import type { InnerStep } from '../node-kind.js';
import type { StepSpec } from '../plan.js';
import type { StepRecord } from '../run-host.js';
import type { StepTry } from './step-try.js';
import type { StepRun } from './step-run.js';

/** How the step above an inner step hears of the result. */
interface Above {
  readonly ofTry: StepTry;
  readonly answer: (record: StepRecord) => void;
}

/** Which steps belong to a step above them, and what they have achieved in earlier tries of it. */
export class InnerSteps {
  private readonly above = new WeakMap<StepRun, Above>();
  /** By the outermost step, with which they are forgotten. */
  private readonly achieved = new WeakMap<StepRun, Map<string, StepRecord>>();

  constructor(private readonly recorded: (path: string) => StepRecord | undefined) {}

  /**
   * The spec of what is to be run, or the record of what was. A try of the step above begins with what earlier ones
   * have achieved; what failed in one of them keeps its record, so the next try gets a path of its own.
   */
  find({ run, tryNumber }: StepTry, inner: InnerStep): StepSpec | StepRecord {
    const path = `${run.spec.path}/${inner.path}`;
    const achieved = this.achieved.get(run.outermost);
    for (let each = 1; ; each++) {
      const candidate = each === 1 ? path : `${path}~${each}`;
      const record = this.recorded(candidate) ?? achieved?.get(candidate);
      if (record === undefined) return specOf(candidate, run.spec.nodeId, inner);
      if (record.status === 'succeeded' || each >= tryNumber) return record;
    }
  }

  /** Resolves when the inner step has ended; never when the try above it ends first. */
  add(ofTry: StepTry, step: StepRun): Promise<StepRecord> {
    ofTry.inner.add(step);
    return new Promise((answer) => this.above.set(step, { ofTry, answer }));
  }

  end(step: StepRun, record: StepRecord): void {
    const above = this.above.get(step);
    if (above === undefined) return;
    this.above.delete(step);
    above.ofTry.inner.delete(step);
    if (above.ofTry.run.mayComeAgain) this.keep(step.outermost, record);
    above.answer(record);
    above.ofTry.keepTime();
  }

  private keep(outermost: StepRun, record: StepRecord): void {
    const achieved = this.achieved.get(outermost) ?? new Map<string, StepRecord>();
    this.achieved.set(outermost, achieved.set(record.path, record));
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
