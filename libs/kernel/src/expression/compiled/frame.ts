import { EvaluationBudget } from '../evaluation-budget.js';
import { handOver } from './not-compiled.js';

/**
 * Items, comparisons and fifties of characters of one evaluation; some milliseconds and megabytes. Beyond it JSONata
 * starts anew, which lets others work too and knows the limits.
 */
const MAX_WORK = 100_000;

/** Compiled code: from the current context (`$`) and the variables to a value. */
export type Evaluate = (context: unknown, frame: Frame) => unknown;

interface Work {
  left: number;
  budget?: EvaluationBudget;
}

/** The variables of one block or call. */
export class Frame {
  private constructor(
    private readonly slots: unknown[],
    private readonly parent: Frame | undefined,
    /** What `$$` is. */
    readonly root: unknown,
    private readonly work: Work,
  ) {}

  static outermost(root: unknown): Frame {
    return new Frame([], undefined, root, { left: MAX_WORK });
  }

  inner(slots: unknown[] = []): Frame {
    return new Frame(slots, this, this.root, this.work);
  }

  read(depth: number, slot: number): unknown {
    const { slots } = this.up(depth);
    // A variable that is bound on one way through the expression only.
    if (!(slot in slots)) handOver();
    return slots[slot];
  }

  bind(slot: number, value: unknown): void {
    this.slots[slot] = value;
  }

  spend(amount: number): void {
    if ((this.work.left -= amount) < 0) handOver();
  }

  /** For text that is read or made; as it is cheap to double, it counts by its length. */
  spendOnText(text: string): void {
    this.spend(text.length / 50);
  }

  /** For what a loop builds, which may outgrow the text of the expression by far. */
  weigh(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    this.work.budget ??= new EvaluationBudget();
    try {
      this.work.budget.weigh(value);
    } catch {
      handOver();
    }
  }

  private up(depth: number): Frame {
    return depth === 0 ? this : (this.parent ?? handOver()).up(depth - 1);
  }
}

/** Where variables will be found at run time, known while compiling. */
export class Names {
  private readonly slots: string[];

  constructor(
    private readonly parent?: Names,
    initial: readonly string[] = [],
  ) {
    this.slots = [...initial];
  }

  /** The slot of a variable of this frame; a new one when the name is new here. */
  declare(name: string): number {
    const known = this.slots.indexOf(name);
    return known >= 0 ? known : this.slots.push(name) - 1;
  }

  find(name: string): { readonly depth: number; readonly slot: number } | undefined {
    const slot = this.slots.lastIndexOf(name);
    if (slot >= 0) return { depth: 0, slot };
    const outer = this.parent?.find(name);
    return outer && { depth: outer.depth + 1, slot: outer.slot };
  }
}
