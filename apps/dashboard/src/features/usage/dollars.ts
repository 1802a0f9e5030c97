const MICRO = 1_000_000;
const MOST_DOLLARS = 1_000_000;

/** An amount as people type it, `12.50` or `$12.50`. @returns micro-USD, null for nothing typed, undefined for what is no amount */
export function parseDollars(text: string): number | null | undefined {
  const trimmed = text.trim().replace(/^\$/, '').replaceAll(',', '');
  if (trimmed === '') return null;
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(trimmed)) return undefined;
  const dollars = Number(trimmed);
  return dollars > MOST_DOLLARS ? undefined : Math.round(dollars * MICRO);
}

/** For a text field: `12.5`, empty for no limit. */
export function dollarsText(microUsd: number | null): string {
  return microUsd === null ? '' : String(microUsd / MICRO);
}

export const AMOUNT_HINT = 'In dollars, for example 12.50; at most 1,000,000.';
