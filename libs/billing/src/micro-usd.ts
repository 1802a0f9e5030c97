/** A column of integer micro-USD: Postgres gives a bigint as text, and every amount of ours is an exact number. */
export const microUsd = {
  to: (value: number | null): number | null => value,
  from: (value: string | null): number | null => (value === null ? null : Number(value)),
};

/** A million dollars: more than anybody pays in or allows at once, and far from where numbers stop being exact. */
export const MAX_MICRO_USD = 1_000_000_000_000;
