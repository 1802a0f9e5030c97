/** `$0.0042` below a dollar, `$12.40` above. Micro-USD; unknown is "unknown", never $0. */
export function formatMoney(microUsd: number | null | undefined): string {
  if (microUsd === null || microUsd === undefined) return 'unknown';
  if (microUsd === 0) return '$0';
  const sign = microUsd < 0 ? '-' : '';
  const dollars = Math.abs(microUsd) / 1_000_000;
  if (dollars < 0.0001) return `${sign}<$0.0001`;
  const digits = dollars < 0.99995 ? 4 : 2;
  return `${sign}$${dollars.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** The exact amount, for hovering: `4,217 micro-USD`. */
export function formatExactMoney(microUsd: number | null | undefined): string {
  return microUsd === null || microUsd === undefined
    ? 'No price is known for this model'
    : `${microUsd.toLocaleString('en-US')} micro-USD`;
}
