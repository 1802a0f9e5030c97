import type { CodeRange } from './character-set.js';

/** A regular expression as a tree. */
export type Pattern =
  | { readonly type: 'empty' }
  | { readonly type: 'set'; readonly ranges: readonly CodeRange[]; readonly negated: boolean }
  | { readonly type: 'assertion'; readonly kind: Assertion }
  | { readonly type: 'group'; readonly index: number; readonly body: Pattern }
  | { readonly type: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly type: 'alternatives'; readonly options: readonly Pattern[] }
  | {
      readonly type: 'repeat';
      readonly body: Pattern;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
      /** Capturing groups inside, first and one past the last: each round forgets what they held. */
      readonly groups: readonly [number, number];
    };

export type Assertion = 'start' | 'end' | 'word-boundary' | 'no-word-boundary';

/** Valid JavaScript, but of the kind that cannot be matched in linear time, or too large for it. */
export class UnsupportedPatternError extends Error {
  override readonly name = 'UnsupportedPatternError';
}
