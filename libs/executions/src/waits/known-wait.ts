import type { WaitAnswer, WaitKind, WaitRequest } from '#kernel';

/** Open until it is answered, closed once its run has got the answer, void when the run ended first. */
export const WAIT_STATES = ['open', 'answered', 'closed', 'void'] as const;

export type WaitState = (typeof WAIT_STATES)[number];

export const WAIT_KINDS: readonly WaitKind[] = ['timer', 'approval', 'event', 'run', 'effect', 'budget'];

/** A wait as the attempt that works on its run knows it. */
export interface KnownWait {
  readonly id: string;
  readonly path: string;
  readonly key: string;
  readonly kind: WaitKind;
  /** Epoch milliseconds. */
  readonly dueAt: number | null;
  /** For kind `run`: the id that the other run has or will get. */
  readonly runId: string | null;
  readonly state: Exclude<WaitState, 'void'>;
  readonly answer: WaitAnswer | null;
}

/** A wait that has just been committed. */
export interface OpenedWait extends KnownWait {
  /** For kind `run`: what is to be started. */
  readonly run: NonNullable<WaitRequest['run']> | null;
}

/** An answer on its way to the attempt that waits for it. */
export interface GivenAnswer {
  readonly waitId: string;
  readonly answer: WaitAnswer;
}
