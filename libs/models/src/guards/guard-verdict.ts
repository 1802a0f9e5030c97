/** What is done about a signal: nothing, a mark in the record, or the call is refused. */
export const GUARD_ACTIONS = ['allow', 'flag', 'block'] as const;

export type GuardAction = (typeof GUARD_ACTIONS)[number];

/** What the guards say about the words of one model call. */
export interface GuardVerdict {
  /** From 0, nothing seen, to 100. */
  readonly score: number;
  /** Names of the signals, for example `ignore-instructions`, strongest first. */
  readonly reasons: readonly string[];
  readonly action: GuardAction;
  /** Of the rules that said so. */
  readonly version: string;
}
