import type { DeliveryState } from './delivery-state.js';
import { type RetrySchedule, waitAfter } from './retry-schedule.js';

/** What one attempt has come to. */
export interface DeliveryAnswer {
  /** Null when none came. */
  readonly status: number | null;
  /** Why it was no delivery, without a byte of what was sent or received. */
  readonly error: string | null;
  /** Trying again cannot help, for example because the address is private. */
  readonly hopeless?: boolean;
  /** We stopped before an answer came: another process tries again at once. */
  readonly interrupted?: boolean;
  /** Nothing was sent, for a reason of our own: it says nothing about the receiver. */
  readonly ours?: boolean;
  readonly retryAfterMs?: number | null;
  /** How the answer's body begins, without secrets; only for those who asked for it. */
  readonly excerpt?: string | null;
}

/** What follows from it. */
export interface DeliveryOutcome {
  readonly state: DeliveryState;
  /** Until the next attempt, in milliseconds; null when there is none. */
  readonly waitMs: number | null;
}

const GONE = 410;

/** Whether the receiver has said that it wants no more. */
export const isGone = ({ status }: DeliveryAnswer): boolean => status === GONE;

export const isDelivered = ({ status, error }: DeliveryAnswer): boolean => status !== null && error === null;

/**
 * 2xx is a delivery, 410 asks for no more, everything else, redirects included, is tried again by the schedule.
 * @param attempt from 1
 * @param random 0 to 1
 */
export function outcomeOf(
  schedule: RetrySchedule,
  answer: DeliveryAnswer,
  attempt: number,
  random: number,
): DeliveryOutcome {
  if (isDelivered(answer)) return { state: 'delivered', waitMs: null };
  if (answer.interrupted) return { state: 'armed', waitMs: 0 };
  if (answer.hopeless || isGone(answer)) return { state: 'given_up', waitMs: null };
  const waitMs = waitAfter(schedule, { attempt, retryAfterMs: answer.retryAfterMs ?? null, random });
  return { state: waitMs === null ? 'given_up' : 'armed', waitMs };
}

/** Why a status is no delivery; null when it is one. */
export function problemOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed. Give the final address.`;
  if (status === GONE) return 'Answered 410: the receiver wants no more of this.';
  return `Answered ${status}; a delivery is answered with 2xx.`;
}
