import { CronRule } from './cron-rule.js';

const at = (text: string): Date => new Date(text);

/** Slots in a half-open span of time. */
function slots(cron: string, timeZone: string, from: string, until: string): string[] {
  const rule = CronRule.parse(cron, timeZone);
  const found: string[] = [];
  let slot = rule.nextAfter(new Date(at(from).getTime() - 1));
  while (slot && slot < at(until)) {
    found.push(slot.toISOString().slice(0, 16));
    slot = rule.nextAfter(slot);
  }
  return found;
}

/** In 2026 Berlin skips 02:00–03:00 on 29 March (01:00 UTC) and repeats it on 25 October (00:00 and 01:00 UTC). */
const BERLIN = 'Europe/Berlin';
const spring = (cron: string): string[] => slots(cron, BERLIN, '2026-03-28T23:00Z', '2026-03-29T22:00Z');
const autumn = (cron: string): string[] => slots(cron, BERLIN, '2026-10-24T22:00Z', '2026-10-25T23:00Z');

describe('A cron rule', () => {
  it('is read in its time zone', () => {
    expect(slots('0 9 * * MON-FRI', BERLIN, '2026-01-02T00:00Z', '2026-01-06T00:00Z')).toEqual([
      '2026-01-02T08:00',
      '2026-01-05T08:00',
    ]);
    expect(slots('0 9 * * *', BERLIN, '2026-07-01T00:00Z', '2026-07-02T00:00Z')).toEqual(['2026-07-01T07:00']);
    expect(slots('0 9 * * *', 'America/New_York', '2026-07-01T00:00Z', '2026-07-02T00:00Z')).toEqual([
      '2026-07-01T13:00',
    ]);
    expect(slots('0 0 * * *', 'Pacific/Kiritimati', '2026-07-01T00:00Z', '2026-07-02T00:00Z')).toEqual([
      '2026-07-01T10:00',
    ]);
  });

  it.each([
    ['30 2 * * *', '2026-03-29T01:00', '2026-10-25T00:30'],
    ['*/15 2 * * *', '2026-03-29T01:00', '2026-10-25T00:00 2026-10-25T00:15 2026-10-25T00:30 2026-10-25T00:45'],
    ['0,30 2 * * *', '2026-03-29T01:00', '2026-10-25T00:00 2026-10-25T00:30'],
    [
      '30 1-3 * * *',
      '2026-03-29T00:30 2026-03-29T01:00 2026-03-29T01:30',
      '2026-10-24T23:30 2026-10-25T00:30 2026-10-25T02:30',
    ],
    [
      '0 */6 * * *',
      '2026-03-28T23:00 2026-03-29T04:00 2026-03-29T10:00 2026-03-29T16:00',
      '2026-10-24T22:00 2026-10-25T05:00 2026-10-25T11:00 2026-10-25T17:00',
    ],
  ])(
    '%s names times of day: those of the skipped hour fire once after it, those of the repeated hour once',
    (cron, skipped, repeated) => {
      expect(spring(cron).join(' ')).toBe(skipped);
      expect(autumn(cron).join(' ')).toBe(repeated);
    },
  );

  it.each(['0 * * * *', '0 0-23 * * *', '0 */1 * * *', '@hourly'])(
    '%s goes by elapsed time: a day of 23 hours has 23 slots and one of 25 hours 25, each an hour after the other',
    (cron) => {
      for (const [found, hours] of [
        [spring(cron), 23],
        [autumn(cron), 25],
      ] as const) {
        expect(found).toHaveLength(hours);
        const times = found.map((slot) => at(`${slot}Z`).getTime());
        expect(times.slice(1).every((time, index) => time - times[index]! === 3_600_000)).toBe(true);
      }
    },
  );

  it('never has the same slot twice, and never goes back, around every change of clocks', () => {
    const zones = [BERLIN, 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Santiago', 'UTC'];
    const crons = ['0 * * * *', '*/20 * * * *', '30 0-4 * * *', '15 */3 * * *', '0 1,2,3 * * *', '59 23 * * *'];
    for (const zone of zones) {
      for (const cron of crons) {
        const found = ['2026-03-07', '2026-03-28', '2026-04-04', '2026-09-05', '2026-10-24', '2026-10-31'].flatMap(
          (day) =>
            slots(cron, zone, `${day}T12:00Z`, new Date(at(`${day}T12:00Z`).getTime() + 36 * 3_600_000).toISOString()),
        );
        expect(found).toEqual([...new Set(found)].sort());
      }
    }
  });

  it('needs only one of a day of the month and a day of the week', () => {
    expect(slots('0 0 13 * FRI', 'UTC', '2026-03-01T00:00Z', '2026-03-15T00:00Z')).toEqual([
      '2026-03-06T00:00',
      '2026-03-13T00:00',
    ]);
  });

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '0 0 0 * *',
    '0 0 * 13 *',
    '0 0 * * 8',
    '? * * * *',
    '5/10 * * * *',
    '9-5 * * * *',
    '0 0 * * FOO',
    'every day',
    `0 ${'1,'.repeat(150)}2 * * *`,
  ])('is not %p, and the caller is told so', (cron) => {
    expect(() => CronRule.parse(cron, 'UTC')).toThrow(
      expect.objectContaining({ code: 'schedule.cron', errors: [expect.objectContaining({ pointer: '/cron' })] }),
    );
  });

  it.each(['', 'Mars/Base', '+02:00', 'Europe/Berlin; DROP', 'Europe'])('knows no time zone %p', (timeZone) => {
    expect(() => CronRule.parse('* * * * *', timeZone)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/timeZone' })] }),
    );
  });

  it('knows when it never fires', () => {
    expect(CronRule.parse('0 0 30 2 *', 'UTC').nextAfter(at('2026-01-01T00:00Z'))).toBeNull();
  });
});

describe('The latest slot', () => {
  const latest = (cron: string, due: string, now: string): string =>
    CronRule.parse(cron, BERLIN).latestUntil(at(now), at(due)).toISOString().slice(0, 16);

  it('is the due one as long as no other has come', () => {
    expect(latest('0 9 * * *', '2026-01-02T08:00Z', '2026-01-02T08:00Z')).toBe('2026-01-02T08:00');
    expect(latest('0 9 * * *', '2026-01-02T08:00Z', '2026-01-03T07:59:59.999Z')).toBe('2026-01-02T08:00');
  });

  it('is the last of many that were missed, also exactly when it comes', () => {
    expect(latest('0 9 * * *', '2026-01-02T08:00Z', '2026-01-05T08:00Z')).toBe('2026-01-05T08:00');
    expect(latest('* * * * *', '2026-01-02T08:00Z', '2026-11-05T08:00:59.999Z')).toBe('2026-11-05T08:00');
    expect(latest('30 2 * * *', '2026-03-20T01:30Z', '2026-03-29T12:00Z')).toBe('2026-03-29T01:00');
  });

  it('is what going from slot to slot would find', () => {
    for (const cron of ['7 * * * *', '*/13 3,15 * * *', '0 0 1 * MON']) {
      const rule = CronRule.parse(cron, BERLIN);
      for (let day = 4; day < 28; day += 5) {
        const [start, now] = [at('2024-10-29T00:00Z'), at(`2024-11-${String(day).padStart(2, '0')}T02:31:30Z`)];
        const due = rule.nextAfter(start)!;
        let last = due;
        for (let slot: Date | null = due; slot && slot <= now; slot = rule.nextAfter(slot)) last = slot;
        expect(rule.latestUntil(now, due)).toEqual(last);
      }
    }
  });
});
