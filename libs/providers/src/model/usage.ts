/** What a call consumed. */
export interface Usage {
  /** Tokens of everything that was sent, cached ones included. */
  readonly inputTokens: number;
  /** Tokens of everything that came back, hidden reasoning included. */
  readonly outputTokens: number;
  /** Part of `inputTokens` that the provider served from its cache. */
  readonly cachedInputTokens: number;
  /** Part of `outputTokens` that was spent on reasoning nobody sees. */
  readonly reasoningTokens: number;
  /** Integer micro-USD; null when the price is not known, which is not zero. Filled in by the router. */
  readonly costMicroUsd: number | null;
  /** True when the provider reported nothing and the counts are our estimate. */
  readonly estimated: boolean;
  /** True when what the provider reported could not be true and the counts are ours. Set by the router. */
  readonly corrected?: boolean;
  /** The provider's own record, unchanged. */
  readonly raw?: unknown;
}
