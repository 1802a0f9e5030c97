/** Distances between ticks that people read at a glance, in milliseconds: 1, 2 and 5 up to a second, then of a clock. */
const CLOCK_STEPS_MS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
].map((seconds) => seconds * 1000);
const DAY_MS = 86_400_000;

/** The smallest round distance that gives at most `maxTicks` distances over the span. */
export function tickDistanceMs(spanMs: number, maxTicks: number): number {
  const least = spanMs / Math.max(1, maxTicks);
  if (least > DAY_MS) return Math.ceil(least / DAY_MS) * DAY_MS;
  if (least > 500) return CLOCK_STEPS_MS.find((step) => step >= least) ?? DAY_MS;
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, least))));
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= least) ?? 1000;
}

/** The moments that are marked on an axis from 0 to `spanMs`, in milliseconds, 0 included. */
export function ticksOf(spanMs: number, maxTicks: number): number[] {
  const distance = tickDistanceMs(spanMs, maxTicks);
  return Array.from({ length: Math.floor(spanMs / distance) + 1 }, (_, index) => index * distance);
}

/** A tick's label: whole units stay whole, unlike a measured duration. `0`, `250 ms`, `2.5 s`, `4 m`, `1 h 30 m`. */
export function tickLabel(ms: number): string {
  if (ms === 0) return '0';
  if (ms < 1000) return `${ms} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds} s`;
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [Math.round(seconds % 60), 's'],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
