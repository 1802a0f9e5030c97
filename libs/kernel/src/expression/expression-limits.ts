import { MAX_JSON_DEPTH, type JsonLimits } from '../json/plain-json.js';

/** What one expression may ask for. Far above what an agent needs, far below what a process would notice. */
export const EXPRESSION_LIMITS = {
  /** Characters of source. */
  sourceLength: 16_384,
  /** CPU time of one evaluation. It yields to other work every {@link EXPRESSION_LIMITS.sliceMs}. */
  cpuMs: 1_000,
  sliceMs: 10,
  /** Items in one sequence. */
  sequence: 20_000,
  /** Nested evaluations inside JSONata; a bound on its memory, not on the stack. */
  depth: 5_000,
  /** Characters of a picture string for dates and numbers. */
  pictureLength: 100,
  /** Nested `??` and `?:`, each of which doubles what JSONata's parser keeps of its left side. */
  nestedDefaults: 6,
} as const;

/** What any value inside an evaluation, and so its result, may weigh. */
export const EXPRESSION_JSON_LIMITS: JsonLimits = { maxBytes: 8 * 1024 * 1024, maxDepth: MAX_JSON_DEPTH };
