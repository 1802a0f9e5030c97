/** Dollars for a million tokens: `$0.075`, `$12.00`. Micro-USD per million tokens. */
export function formatRate(microUsd: number): string {
  if (microUsd === 0) return '$0';
  const dollars = microUsd / 1_000_000;
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 })}`;
}
