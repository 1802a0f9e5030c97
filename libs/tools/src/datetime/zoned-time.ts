/** A moment as a clock in some place shows it. */
export interface WallClock {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const MAX_FORMATS = 500;

/** Whether a name such as `Europe/Berlin` is one. */
export function isTimeZone(name: string): boolean {
  try {
    formatFor(name);
    return true;
  } catch {
    return false;
  }
}

export function wallClockAt(moment: number, timeZone: string): WallClock {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second, millisecond: ((moment % 1_000) + 1_000) % 1_000 };
}

/** Milliseconds by which the place is ahead of UTC. */
export function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  return asUtc(wallClockAt(moment, timeZone)) - moment;
}

/** The moment at which the clock shows this; where it never does, because an hour is left out, the one after. */
export function momentOf(clock: WallClock, timeZone: string): number {
  const utc = asUtc(clock);
  const guess = utc - offsetAt(utc, timeZone);
  const moment = utc - offsetAt(guess, timeZone);
  return asUtc(wallClockAt(moment, timeZone)) === utc ? moment : Math.max(guess, moment);
}

function asUtc({ year, month, day, hour, minute, second, millisecond }: WallClock): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/** @throws RangeError for a name that is no time zone */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (formats.size >= MAX_FORMATS) formats.clear();
  formats.set(timeZone, format);
  return format;
}
