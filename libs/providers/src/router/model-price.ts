/** Integer micro-USD per million tokens, which is the same number as USD per million × 1,000,000. */
export interface TokenRates {
  readonly inputMicroUsd: number;
  readonly cachedInputMicroUsd: number;
  readonly outputMicroUsd: number;
}

export interface ModelPrice extends TokenRates {
  /** Rates of the whole call once its input passes a length. */
  readonly longContext?: TokenRates & { readonly aboveInputTokens: number };
}

/** A price and the day, in UTC, from whose beginning it holds. */
export interface DatedPrice extends ModelPrice {
  /** `2026-07-30`; null = from the beginning of time. */
  readonly validFrom: string | null;
}

/** The price that holds at a moment; null = unknown, which is not free. Prices may come in any order. */
export function priceAt(prices: readonly DatedPrice[], at: Date): ModelPrice | null {
  const today = at.toISOString().slice(0, 10);
  let best: DatedPrice | undefined;
  for (const price of prices) {
    const from = price.validFrom ?? '';
    if (from <= today && from >= (best?.validFrom ?? '')) best = price;
  }
  return best ?? null;
}
