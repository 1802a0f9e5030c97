import { Injectable } from '@nestjs/common';

/** How long another process may still believe what was taken away here; with one lookup on top it stays below 5 s. */
const LIFETIME_MS = 3_000;

const CAPACITY = 20_000;

interface Entry {
  readonly value: Promise<unknown>;
  readonly endsAt: number;
}

/**
 * Answers of the last moments, so that a busy credential costs one lookup in three seconds. Keeps promises, not values:
 * requests side by side share a lookup, and one that began before `forget` cannot bring its old answer back.
 */
@Injectable()
export class PrincipalCache {
  private entries = new Map<string, Entry>();

  get<T>(name: string, lookup: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const kept = this.entries.get(name);
    if (kept && kept.endsAt > now) return kept.value as Promise<T>;
    const entry = { value: lookup(), endsAt: now + LIFETIME_MS };
    this.entries.delete(name);
    this.entries.set(name, entry);
    if (this.entries.size > CAPACITY) this.dropOldest();
    // A lookup that failed is no answer; the next request asks again.
    entry.value.catch(() => this.entries.get(name) === entry && this.entries.delete(name));
    return entry.value;
  }

  /** Something about identities changed. That is rare, and forgetting all of it cannot miss anything. */
  forget(): void {
    this.entries = new Map();
  }

  private dropOldest(): void {
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }
}
