/** `closed`: calls go through. `open`: they are refused. `half-open`: one call at a time finds out. */
export type BreakerState = 'closed' | 'open' | 'half-open';

export interface BreakerReading {
  readonly state: BreakerState;
  /** Failures since the last success. */
  readonly failures: number;
  /** Epoch milliseconds at which an open breaker lets a call through again; null while it is not open. */
  readonly retryAt: number | null;
  readonly lastErrorCode: string | null;
  /** Epoch milliseconds. */
  readonly lastFailureAt: number | null;
  readonly lastSuccessAt: number | null;
}

export interface BreakerOptions {
  /** Failures in a row that open it. */
  readonly failuresToOpen: number;
  /** How long it stays open the first time; doubles with every probe that fails. */
  readonly openMs: number;
  readonly maxOpenMs: number;
}

export const DEFAULT_BREAKER: BreakerOptions = { failuresToOpen: 5, openMs: 15_000, maxOpenMs: 300_000 };

/** The right to make one call. It must be handed back once, with how the call went. */
export interface Pass {
  readonly isProbe: boolean;
}

export type Outcome =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure'; readonly code: string }
  /** The provider has said when to come back. */
  | { readonly kind: 'closed-until'; readonly code: string; readonly waitMs: number }
  /** Says nothing about the provider: cancelled, or refused for a reason that lies in the request. */
  | { readonly kind: 'neutral' };

/** Keeps calls away from a model that fails, and finds out with one call at a time when it is well again. */
export class CircuitBreaker {
  private state: 'closed' | 'open' = 'closed';
  private failures = 0;
  private openedFor = 0;
  private retryAt = 0;
  private probeIsOut = false;
  private lastErrorCode: string | null = null;
  private lastFailureAt: number | null = null;
  private lastSuccessAt: number | null = null;

  constructor(
    private readonly options: BreakerOptions,
    private readonly now: () => number,
  ) {}

  /** Null when no call may be made now. */
  enter(): Pass | null {
    if (this.state === 'closed') return { isProbe: false };
    if (this.probeIsOut || this.now() < this.retryAt) return null;
    this.probeIsOut = true;
    return { isProbe: true };
  }

  leave(pass: Pass, outcome: Outcome): void {
    if (pass.isProbe) this.probeIsOut = false;
    // What began before it opened says nothing about now.
    const counts = pass.isProbe || this.state === 'closed';
    if (outcome.kind === 'success') {
      this.lastSuccessAt = this.now();
      if (counts) this.close();
    } else if (outcome.kind !== 'neutral') {
      this.lastErrorCode = outcome.code;
      this.lastFailureAt = this.now();
      if (counts) this.fail(outcome, pass);
    }
  }

  read(): BreakerReading {
    const isOver = this.state === 'open' && this.now() >= this.retryAt;
    return {
      state: isOver ? 'half-open' : this.state,
      failures: this.failures,
      retryAt: this.state === 'open' && !isOver ? this.retryAt : null,
      lastErrorCode: this.lastErrorCode,
      lastFailureAt: this.lastFailureAt,
      lastSuccessAt: this.lastSuccessAt,
    };
  }

  private close(): void {
    this.state = 'closed';
    this.failures = 0;
    this.openedFor = 0;
  }

  private fail(outcome: Outcome, { isProbe }: Pass): void {
    const { failuresToOpen, openMs, maxOpenMs } = this.options;
    this.failures++;
    if (outcome.kind === 'closed-until') return this.open(Math.min(outcome.waitMs, maxOpenMs));
    if (isProbe || this.failures >= failuresToOpen) this.open(Math.min(this.openedFor * 2 || openMs, maxOpenMs));
  }

  private open(forMs: number): void {
    this.state = 'open';
    this.openedFor = forMs;
    this.retryAt = this.now() + forMs;
  }
}
