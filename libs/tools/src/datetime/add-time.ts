import { momentOf, wallClockAt } from './zoned-time.js';

export const UNITS = ['milliseconds', 'seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const;
export type Unit = (typeof UNITS)[number];

/** Units that are the same everywhere; the others are the calendar's and follow the clocks of a place. */
export const FIXED_MS: ReadonlyMap<Unit, number> = new Map([
  ['milliseconds', 1],
  ['seconds', 1_000],
  ['minutes', 60_000],
  ['hours', 3_600_000],
]);

/** A day later is the same time of day even when an hour is left out; a month after 31 January is the end of February. */
export function addTime(moment: number, amount: number, unit: Unit, timeZone: string): number {
  const fixed = FIXED_MS.get(unit);
  if (fixed !== undefined) return moment + Math.round(amount * fixed);
  const clock = wallClockAt(moment, timeZone);
  if (unit === 'days' || unit === 'weeks') {
    const days = Math.trunc(amount) * (unit === 'weeks' ? 7 : 1);
    return momentOf({ ...clock, day: clock.day + days }, timeZone);
  }
  const months = clock.year * 12 + clock.month - 1 + Math.trunc(amount) * (unit === 'years' ? 12 : 1);
  const year = Math.floor(months / 12);
  const month = (months % 12) + 1;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return momentOf({ ...clock, year, month, day: Math.min(clock.day, lastDay) }, timeZone);
}
