/** `340`, `1.2 k`, `12 k`, `3.4 M`. */
export function formatCount(count: number | null | undefined): string {
  if (count === null || count === undefined) return 'unknown';
  if (count < 1000) return String(count);
  if (count < 999_500) return `${shorten(count / 1000)} k`;
  return `${shorten(count / 1_000_000)} M`;
}

/** `1.2 k in · 340 out`. */
export function formatTokens(usage: { inputTokens: number; outputTokens: number } | null | undefined): string {
  return usage ? `${formatCount(usage.inputTokens)} in · ${formatCount(usage.outputTokens)} out` : 'unknown';
}

function shorten(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : String(Math.round(value));
}
