import { ApiProblem } from '@/shared/api/api-problem';
import type { Graph, Problem } from '../graph/graph';
import { sameJson } from '../graph/same-json';

export type SaveState =
  /** Everything is on the server; `at` is null as long as nothing was saved from here. */
  | { phase: 'saved'; at: number | null }
  /** Something was typed and will be sent in a moment. */
  | { phase: 'waiting' }
  | { phase: 'saving' }
  /** Not on the server; the next edit or {@link DraftAutosave.flush} tries again. */
  | { phase: 'failed'; message: string }
  /** Somebody else saved first: nothing is sent before the person has chosen. */
  | { phase: 'conflict' };

export interface AutosaveOptions<Content = Graph> {
  revision: number;
  /** Sends a draft as made from `revision`. @returns what the server then has. */
  put: (graph: Content, revision: number) => Promise<{ revision: number; problems: readonly Problem[] }>;
  /** Reads the draft as it is now. */
  get: () => Promise<{ graph: Content; revision: number; problems: readonly Problem[] }>;
  /** The server kept `graph` and found this wrong with it. */
  onSaved: (saved: { graph: Content; revision: number; problems: readonly Problem[] }) => void;
  debounceMs?: number;
  retryMs?: number;
  now?: () => number;
}

const DEBOUNCE_MS = 800;
const RETRY_MS = 5_000;

/**
 * Sends a draft to the server a moment after each edit, one request at a time, the newest graph always last.
 * A draft that has problems is kept by the server all the same and counts as saved.
 */
export class DraftAutosave<Content = Graph> {
  private state: SaveState = { phase: 'saved', at: null };
  private readonly listeners = new Set<() => void>();
  private revision: number;
  /** Not yet on its way. */
  private pending: Content | null = null;
  /** On its way, or sent without an answer: the server may have it. */
  private sent: Content | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending: Promise<void> | null = null;
  private isOpen = true;

  constructor(private readonly options: AutosaveOptions<Content>) {
    this.revision = options.revision;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): SaveState => this.state;

  get savedRevision(): number {
    return this.revision;
  }

  /** Whether leaving now would lose something. */
  get isUnsaved(): boolean {
    return this.state.phase !== 'saved';
  }

  change(graph: Content): void {
    this.pending = graph;
    if (this.state.phase === 'conflict') return;
    if (this.sending === null) this.become({ phase: 'waiting' });
    this.schedule(this.options.debounceMs ?? DEBOUNCE_MS);
  }

  /** Somebody edits (again). */
  open(): void {
    this.isOpen = true;
  }

  /** Nobody edits any more: sends what is pending once, and does not come back to it later, when another editor may be open. */
  close(): Promise<void> {
    this.isOpen = false;
    return this.flush();
  }

  /** Sends what is pending now. Resolves when nothing is on its way any more, whatever came of it. */
  async flush(): Promise<void> {
    do {
      this.stopTimer();
      if (this.sending !== null) await this.sending;
      this.stopTimer();
      if (this.pending !== null && this.state.phase !== 'conflict') await this.send();
    } while (this.pending !== null && this.state.phase === 'waiting');
  }

  /** Chosen in a conflict: what is here replaces what the other one saved. */
  async keepMine(): Promise<void> {
    if (this.state.phase !== 'conflict') return;
    try {
      this.revision = (await this.options.get()).revision;
      this.become({ phase: 'waiting' });
      await this.flush();
    } catch (error) {
      this.become({ phase: 'failed', message: messageOf(error) });
    }
  }

  /** The editor shows another graph now, as of this revision; what was pending is given up. */
  adopt(revision: number): void {
    this.stopTimer();
    this.pending = null;
    this.sent = null;
    this.revision = revision;
    this.become({ phase: 'saved', at: null });
  }

  private schedule(delayMs: number): void {
    this.stopTimer();
    this.timer = setTimeout(() => void this.flush(), delayMs);
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private send(): Promise<void> {
    this.sending ??= this.sendNow().finally(() => {
      this.sending = null;
      if (this.pending !== null && this.state.phase === 'waiting')
        this.schedule(this.options.debounceMs ?? DEBOUNCE_MS);
    });
    return this.sending;
  }

  private async sendNow(): Promise<void> {
    const graph = this.pending;
    if (graph === null) return;
    const before = this.sent;
    this.pending = null;
    this.sent = graph;
    this.become({ phase: 'saving' });
    try {
      await this.put(graph);
    } catch (error) {
      const mended = isChanged(error) ? await this.recover(graph, before, error) : error;
      if (mended !== null) this.fail(graph, mended);
    }
  }

  private async put(graph: Content): Promise<void> {
    let saved: { revision: number; problems: readonly Problem[] };
    try {
      saved = await this.options.put(graph, this.revision);
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code.endsWith('.draft_invalid'))) throw error;
      // Kept all the same. Each save counts up by one; should that ever be wrong, `recover` finds out.
      saved = { revision: this.revision + 1, problems: error.errors };
    }
    this.revision = saved.revision;
    this.become(
      this.pending === null ? { phase: 'saved', at: (this.options.now ?? Date.now)() } : { phase: 'waiting' },
    );
    this.options.onSaved({ graph, ...saved });
  }

  /**
   * The server has another revision. When what it holds is what was sent from here before (the answer was lost on the way),
   * nobody else is involved and the save goes on from there.
   * @returns null when the graph is saved, otherwise what stands in the way
   */
  private async recover(graph: Content, before: Content | null, refusal: unknown): Promise<unknown> {
    try {
      const theirs = await this.options.get();
      const isOurs = sameJson(theirs.graph, graph) || (before !== null && sameJson(theirs.graph, before));
      if (!isOurs) return refusal;
      this.revision = theirs.revision;
      await this.put(graph);
      return null;
    } catch (error) {
      return error;
    }
  }

  private fail(graph: Content, error: unknown): void {
    this.pending ??= graph;
    if (isChanged(error)) {
      this.become({ phase: 'conflict' });
      return;
    }
    this.become({ phase: 'failed', message: messageOf(error) });
    if (this.isOpen && error instanceof ApiProblem && error.retryable) this.schedule(this.options.retryMs ?? RETRY_MS);
  }

  private become(state: SaveState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

function isChanged(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 412;
}

function messageOf(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'Something in this page went wrong.';
  const first = error.errors[0]?.message;
  return first === undefined ? error.message : `${error.message} ${first}`;
}
