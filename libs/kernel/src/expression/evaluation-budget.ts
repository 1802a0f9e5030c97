import { setImmediate as nextTurn } from 'node:timers/promises';
import { CpuMeter } from '../cpu-meter.js';
import { EXPRESSION_JSON_LIMITS, EXPRESSION_LIMITS } from './expression-limits.js';
import { isJsonataFunction } from './jsonata-values.js';

/**
 * What one evaluation inside JSONata has used up. JSONata only ever waits for promises of its own, which keeps timers
 * and sockets waiting too: so after each slice of time this one lets the others have their turn.
 */
export class EvaluationBudget {
  private usedMs = 0;
  private readonly cpu = new CpuMeter();
  private sliceStartedAt = performance.now();
  private readonly weights = new WeakMap<object, Weight>();

  /** Called before each part of the expression. Returns a promise only when it is time to let others work. */
  spendTime(): Promise<void> | undefined {
    const sliceMs = performance.now() - this.sliceStartedAt;
    if (this.usedMs + sliceMs > EXPRESSION_LIMITS.cpuMs && !this.wasKeptFromWorking()) {
      refuse(`It has worked for more than ${EXPRESSION_LIMITS.cpuMs} ms`);
    }
    return sliceMs > EXPRESSION_LIMITS.sliceMs ? this.rest(sliceMs) : undefined;
  }

  /** Called with the value of each part of the expression. */
  weigh(value: unknown): void {
    const { bytes, depth } = this.weightOf(value);
    if (bytes > EXPRESSION_JSON_LIMITS.maxBytes) {
      refuse(`A value in it is larger than ${EXPRESSION_JSON_LIMITS.maxBytes} bytes`);
    }
    if (depth > EXPRESSION_JSON_LIMITS.maxDepth) {
      refuse(`A value in it nests deeper than ${EXPRESSION_JSON_LIMITS.maxDepth} levels`);
    }
  }

  /** Whether time has passed that nobody has worked in; it is not counted then. */
  private wasKeptFromWorking(): boolean {
    if (this.cpu.usedMs > EXPRESSION_LIMITS.cpuMs) return false;
    this.usedMs = this.cpu.usedMs;
    this.sliceStartedAt = performance.now();
    return true;
  }

  private async rest(sliceMs: number): Promise<void> {
    this.usedMs += sliceMs;
    await nextTurn();
    this.sliceStartedAt = performance.now();
  }

  /** Weights are remembered, so that values which share parts cost no more than the parts. */
  private weightOf(value: unknown): Weight {
    if (typeof value === 'string') return { bytes: value.length, depth: 0 };
    if (typeof value !== 'object' || value === null) return SCALAR;
    if (isJsonataFunction(value)) return SCALAR;
    const known = this.weights.get(value);
    if (known !== undefined) return known;
    let bytes = 2;
    let depth = 0;
    for (const part of Array.isArray(value) ? (value as unknown[]) : Object.values(value)) {
      const weight = this.weightOf(part);
      bytes += weight.bytes + 1;
      depth = Math.max(depth, weight.depth);
    }
    const total = { bytes, depth: depth + 1 };
    this.weights.set(value, total);
    return total;
  }
}

interface Weight {
  readonly bytes: number;
  readonly depth: number;
}

const SCALAR: Weight = { bytes: 8, depth: 0 };

function refuse(message: string): never {
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- JSONata adds to what is thrown and knows it by its code
  throw { code: 'AF0002', message };
}
