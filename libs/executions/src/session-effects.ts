import type { EffectRecord } from '#kernel';
import { effectRow } from './journal/journal-rows.js';
import type { PayloadOutbox } from './payloads/payload-outbox.js';

/** The effect ledger of one run as its attempt sees it: what was committed earlier, and what is to be. */
export class SessionEffects {
  private readonly newest = new Map<string, EffectRecord>();
  private pending = new Map<string, EffectRecord>();

  constructor(
    effects: readonly EffectRecord[],
    private readonly outbox: PayloadOutbox,
  ) {
    for (const effect of effects) this.newest.set(keyOf(effect.path, effect.call), effect);
  }

  find(path: string, call: string): EffectRecord | undefined {
    return this.newest.get(keyOf(path, call));
  }

  /** Of several entries for one call between two commits only the last one is written. */
  record(effect: EffectRecord): void {
    const key = keyOf(effect.path, effect.call);
    this.newest.set(key, effect);
    this.pending.set(key, effect);
  }

  get dirty(): boolean {
    return this.pending.size > 0;
  }

  take(): string[] | undefined {
    if (!this.dirty) return undefined;
    const rows = [...this.pending.values()].map((effect) => effectRow(effect, this.outbox));
    this.pending = new Map();
    return rows;
  }
}

function keyOf(path: string, call: string): string {
  return `${path}\n${call}`;
}
