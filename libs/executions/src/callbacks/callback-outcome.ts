import type { CallbackState } from './callback-state.js';
import { waitAfter } from './callback-schedule.js';

/** What one attempt has come to. */
export interface CallbackAnswer {
  /** Null when none came. */
  readonly status: number | null;
  /** Why it was no delivery, without a byte of what was sent or received. */
  readonly error: string | null;
  /** Trying again cannot help, for example because the address is private. */
  readonly hopeless?: boolean;
  /** We stopped before an answer came: another process tries again at once. */
  readonly interrupted?: boolean;
  readonly retryAfterMs?: number | null;
}

/** What follows from it. */
export interface CallbackOutcome {
  readonly state: CallbackState;
  /** Until the next attempt; null when there is none. */
  readonly waitMs: number | null;
}

const GONE = 410;

/** 2xx is a delivery, 410 asks for no more, everything else, redirects included, is tried again by the schedule. */
export function outcomeOf(answer: CallbackAnswer, attempt: number, random: number): CallbackOutcome {
  const { status, error } = answer;
  if (status !== null && error === null) return { state: 'delivered', waitMs: null };
  if (answer.interrupted) return { state: 'armed', waitMs: 0 };
  if (answer.hopeless || status === GONE) return { state: 'given_up', waitMs: null };
  const waitMs = waitAfter(attempt, answer.retryAfterMs ?? null, random);
  return { state: waitMs === null ? 'given_up' : 'armed', waitMs };
}

/** Why a status is no delivery; null when it is one. */
export function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed. Give the final address.`;
  if (status === GONE) return 'Answered 410: the receiver wants no more of this.';
  return `Answered ${status}; a delivery is answered with 2xx.`;
}
