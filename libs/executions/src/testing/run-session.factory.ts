import { newId } from '#platform/ids';
import { FakeStepServices } from '../../../kernel/src/testing/index.js';
import type { JournalEntry, Written } from '../journal/journal-entry.js';
import type { CommittedChunk, RunSessionOptions } from '../run-session-options.js';
import { RunSession } from '../run-session.js';

/** A session over a journal that the test holds back, lets go or breaks. */
export class SessionUnderTest {
  readonly entries: JournalEntry[] = [];
  readonly published: CommittedChunk[] = [];
  readonly session: RunSession;
  /** Writes that have begun and not ended. */
  open = 0;
  /** The largest number of writes that were open together. */
  openAtMost = 0;
  failure: Error | null = null;
  /** What the journal answers. */
  written: Written = 'written';
  private held = false;
  private gates: (() => void)[] = [];

  constructor(options: Partial<RunSessionOptions> = {}) {
    this.session = new RunSession({
      executionId: newId(),
      orgId: newId(),
      attempt: 1,
      lastSeq: 0,
      recorded: new Map(),
      limits: { maxSteps: 10, maxOutputBytes: 1_000, maxTokens: 1_000 },
      services: new FakeStepServices(),
      write: (entry) => this.write(entry),
      published: (chunk) => void this.published.push(chunk),
      ...options,
    });
  }

  hold(): void {
    this.held = true;
  }

  release(): void {
    this.held = false;
    for (const open of this.gates.splice(0)) open();
  }

  /** What watchers were told, in the order in which they were. */
  get events(): { seq: number; type: string; stepId?: string; data: Record<string, unknown> }[] {
    return this.published.flatMap(({ json }) => JSON.parse(`[${json}]`));
  }

  private async write(entry: JournalEntry): Promise<Written> {
    this.entries.push(entry);
    this.open += 1;
    this.openAtMost = Math.max(this.openAtMost, this.open);
    if (this.held) await new Promise<void>((resolve) => this.gates.push(resolve));
    else await Promise.resolve();
    this.open -= 1;
    if (this.failure) throw this.failure;
    return this.written;
  }
}
