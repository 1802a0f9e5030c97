/** What is counted per minute. */
export type Meter = 'requests' | 'tokens';

/** Whose window: a person, or an organisation's work that nobody asked for. Keys of one person share it. */
export interface RateSubject {
  readonly orgId: string;
  readonly userId: string | null;
}

/** Units that somebody wants to take from a window. */
export interface RateWish extends RateSubject {
  readonly meter: Meter;
  /** Negative: given back. */
  readonly units: number;
  /** Units that a window holds. */
  readonly bound: number;
}

/** What became of a wish. A window begins with the first unit that is taken from it and lasts a minute. */
export interface RateWindow {
  /** All units that were asked for, or none. */
  readonly granted: boolean;
  readonly limit: number;
  readonly remaining: number;
  readonly resetsAt: Date;
  /** Until then, by the database's clock. */
  readonly resetsInSeconds: number;
}

/** Tokens that were taken before a model call and are corrected after it. */
export interface TokenHold extends RateSubject {
  readonly tokens: number;
  readonly bound: number;
}

export const WINDOW_SECONDS = 60;
