import { type BreakerOptions, type BreakerReading, CircuitBreaker, DEFAULT_BREAKER } from './circuit-breaker.js';
import type { Clock } from './clock.js';

/** What a breaker watches over. */
export interface BreakerSubject {
  /** `provider/model`. */
  readonly model: string;
  /** An organisation's own credential; null for the installation's. */
  readonly credentialId: string | null;
}

export interface ModelHealth extends BreakerSubject, BreakerReading {}

/** Organisations name models as they like: the oldest one that is well makes room. */
const MOST_BREAKERS = 2_000;

/** One breaker for every model and credential: a key that ran dry must not close the model for others. */
export class CircuitBreakers {
  private readonly entries = new Map<string, { subject: BreakerSubject; breaker: CircuitBreaker }>();

  constructor(
    private readonly clock: Clock,
    private readonly options: BreakerOptions = DEFAULT_BREAKER,
  ) {}

  of(subject: BreakerSubject): CircuitBreaker {
    const key = `${subject.credentialId ?? ''} ${subject.model}`;
    const known = this.entries.get(key);
    if (known) return known.breaker;
    if (this.entries.size >= MOST_BREAKERS) this.makeRoom();
    const breaker = new CircuitBreaker(this.options, () => this.clock.now());
    this.entries.set(key, { subject: { model: subject.model, credentialId: subject.credentialId }, breaker });
    return breaker;
  }

  read(): ModelHealth[] {
    return [...this.entries.values()].map(({ subject, breaker }) => ({ ...subject, ...breaker.read() }));
  }

  private makeRoom(): void {
    let oldest: string | undefined;
    for (const [key, { breaker }] of this.entries) {
      oldest ??= key;
      if (breaker.read().state !== 'closed') continue;
      this.entries.delete(key);
      return;
    }
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}
