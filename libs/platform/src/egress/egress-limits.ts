/** How long one request may take and how much it may carry. All are upper bounds; the first one reached ends the request. */
export interface EgressLimits {
  /** For resolving the name, and again for having a connection ready (a client's own value is the most that helps here). */
  readonly connectMs: number;
  /** From sending the request until the response headers are complete. */
  readonly firstByteMs: number;
  /** Between two pieces of the response body; does not run while the reader is the slow one. */
  readonly idleMs: number;
  /** From the call to the last byte of the body, redirects included. */
  readonly totalMs: number;
  /** Of the body, counted after decompression. */
  readonly maxResponseBytes: number;
  /** Decompressed to compressed size; looked at from the first MiB on. */
  readonly maxCompressionRatio: number;
  /** Of the request body. */
  readonly maxRequestBytes: number;
  /** At most 5, whatever is asked. */
  readonly maxRedirects: number;
}

export const DEFAULT_EGRESS_LIMITS: EgressLimits = {
  connectMs: 10_000,
  firstByteMs: 60_000,
  idleMs: 30_000,
  totalMs: 120_000,
  maxResponseBytes: 16 * 1024 * 1024,
  maxCompressionRatio: 100,
  maxRequestBytes: 16 * 1024 * 1024,
  maxRedirects: 5,
};

/** setTimeout fires at once beyond this. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** `changes` over `base`; throws TypeError on a value that is no bound at all, so that a mistake does not become "unlimited". */
export function withLimits(base: EgressLimits, changes: Partial<EgressLimits> | undefined): EgressLimits {
  if (!changes) return base;
  const limits: Record<string, number> = { ...base };
  for (const name of Object.keys(base)) {
    const value = changes[name as keyof EgressLimits];
    if (value === undefined) continue;
    if (!(value >= 0)) throw new TypeError(`Egress limit ${name} must be a number from 0 on, not ${value}.`);
    limits[name] = name.endsWith('Ms') ? Math.min(value, LONGEST_TIMEOUT_MS) : value;
  }
  limits.maxRedirects = Math.min(limits.maxRedirects ?? 0, DEFAULT_EGRESS_LIMITS.maxRedirects);
  return limits as unknown as EgressLimits;
}
