import ipaddr from 'ipaddr.js';
import { authErrors } from './auth.errors.js';

interface Window {
  count: number;
  endsAt: number;
}

export interface AttemptLimits {
  readonly attempts: number;
  readonly windowMs: number;
  /** Windows kept at most; beyond it the oldest is forgotten, so that a flood of names cannot fill the memory. */
  readonly capacity?: number;
  readonly now?: () => number;
}

/** So many attempts in so much time per name, in this process. It makes guessing slow; it is not the quota of a plan. */
export class AttemptLimiter {
  private readonly windows = new Map<string, Window>();
  private readonly now: () => number;

  constructor(private readonly limits: AttemptLimits) {
    this.now = limits.now ?? Date.now;
  }

  /**
   * Counts one attempt before it is made, so that attempts side by side count too.
   * @throws AppError limited with the time to wait
   */
  take(name: string): void {
    const now = this.now();
    const window = this.current(name, now);
    if (window.count >= this.limits.attempts) {
      throw authErrors.tooManyAttempts(Math.max(1, Math.ceil((window.endsAt - now) / 1000)));
    }
    window.count += 1;
  }

  /** Whether one more attempt was free; counts it. */
  tryTake(name: string): boolean {
    const window = this.current(name, this.now());
    window.count += 1;
    return window.count <= this.limits.attempts;
  }

  /** The attempt succeeded: it was the right person, and those before it were mistakes. */
  forget(name: string): void {
    this.windows.delete(name);
  }

  private current(name: string, now: number): Window {
    const kept = this.windows.get(name);
    if (kept && kept.endsAt > now) return kept;
    const window = { count: 0, endsAt: now + this.limits.windowMs };
    this.windows.delete(name);
    this.windows.set(name, window);
    const oldest = this.windows.keys().next();
    if (this.windows.size > (this.limits.capacity ?? 10_000) && !oldest.done) this.windows.delete(oldest.value);
    return window;
  }
}

/** The caller's network: an IPv6 customer holds 2^64 addresses, so only the first half tells callers apart. */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
}
