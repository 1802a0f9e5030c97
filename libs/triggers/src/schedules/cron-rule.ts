import { Cron } from 'croner';
import { invalid } from '#platform/errors';
import { canonicalFields, plainFields } from './cron-fields.js';

/**
 * When a schedule fires: five cron fields read in a time zone. Three rules make each slot one moment:
 *
 * - With `*` as its hour it goes by elapsed time, as a clock on the wall cannot: the hour that the clocks skip in spring
 *   is not there, the hour that they repeat in autumn is two hours.
 * - Any other hour names times of day. Those inside the skipped hour fire together, once, at the first moment after it;
 *   those inside the repeated hour fire once, in its first pass.
 * - With a day of the month *and* a day of the week either of them suffices, as cron has always had it.
 */
export class CronRule {
  private constructor(private readonly cron: Cron) {}

  /** @throws AppError invalid naming `/cron` or `/timeZone` */
  static parse(cron: string, timeZone: string): CronRule {
    if (!isTimeZone(timeZone)) throw wrongTimeZone(timeZone);
    const fields = plainFields(cron);
    if (!fields) throw wrongCron('It needs five fields: minute, hour, day of the month, month, day of the week');
    try {
      const options = { timezone: timeZone, mode: '5-part', fixedTimeRule: 'no-wildcard', paused: true } as const;
      return new CronRule(new Cron(canonicalFields(fields).join(' '), options));
    } catch (error) {
      throw wrongCron(reasonOf(error));
    }
  }

  /** The first slot after a moment; null when there never is one. */
  nextAfter(moment: Date): Date | null {
    return this.cron.nextRun(moment);
  }

  /** The next slots after a moment, fewer when there are fewer. */
  next(count: number, after: Date): Date[] {
    return this.cron.nextRuns(count, after);
  }

  /**
   * The latest slot that is not after `now`, given one that is not. It is the last moment before which "the next slot has
   * come" still holds, so halving the time between finds it, however many slots were missed.
   */
  latestUntil(now: Date, dueSlot: Date): Date {
    let latest = dueSlot;
    let [known, beyond] = [dueSlot.getTime(), now.getTime()];
    while (known < beyond) {
      const middle = Math.floor((known + beyond) / 2);
      const slot = this.nextAfter(new Date(middle));
      if (slot && slot <= now) {
        latest = slot;
        known = slot.getTime();
      } else {
        beyond = middle;
      }
    }
    return latest;
  }
}

function isTimeZone(name: string): boolean {
  // Offsets such as +01:00 are no places: they know no summer time, and not every Node takes them.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

const wrongTimeZone = (timeZone: string) =>
  invalid('schedule.time_zone', 'There is no such time zone.', [
    {
      pointer: '/timeZone',
      code: 'unknown_time_zone',
      message: `"${timeZone}" is no time zone. Use a name such as Europe/Berlin or UTC.`,
    },
  ]);

const wrongCron = (reason: string) =>
  invalid('schedule.cron', 'This is no cron expression.', [
    {
      pointer: '/cron',
      code: 'cron',
      message: `${reason}. For example "0 9 * * MON-FRI" for nine o'clock on weekdays.`,
    },
  ]);

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  return text.replace(/^CronPattern: */, '').replace(/\.$/, '') || 'It cannot be read';
}
