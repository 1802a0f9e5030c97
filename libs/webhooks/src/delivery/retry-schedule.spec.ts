import { outcomeOf as outcomeBy, problemOf } from './delivery-outcome.js';
import { retryAfterMs, STANDARD_SCHEDULE, waitAfter as waitBy } from './retry-schedule.js';

const HOUR = 3_600_000;
const outcomeOf = (answer: Parameters<typeof outcomeBy>[1], attempt: number, random: number) =>
  outcomeBy(STANDARD_SCHEDULE, answer, attempt, random);
const waitAfter = (attempt: number, asked: number | null, random: number) =>
  waitBy(STANDARD_SCHEDULE, { attempt, retryAfterMs: asked, random });

const failed = { status: 500, error: 'Answered 500' };

/** Hours since the event at which each attempt is made, by a clock that goes only as far as the schedule says. */
function attemptTimes(random: number): number[] {
  const times = [0];
  for (let clock = 0, attempt = 1; ; attempt += 1) {
    const { state, waitMs } = outcomeOf(failed, attempt, random);
    if (waitMs === null) {
      expect(state).toBe('given_up');
      return times;
    }
    clock += waitMs;
    times.push(clock / HOUR);
  }
}

describe('A message that always fails', () => {
  it('is tried ten times over 75 hours and then given up', () => {
    const times = attemptTimes(0.5);
    expect(times).toHaveLength(STANDARD_SCHEDULE.length + 1);
    expect(times).toHaveLength(10);
    expect(times[1]! * 3_600).toBeCloseTo(5);
    expect(times.at(-1)).toBeCloseTo(75.58, 1);
  });

  it('comes back a tenth earlier or later than others that failed with it', () => {
    expect(attemptTimes(0).at(-1)).toBeCloseTo(75.58 * 0.9, 1);
    expect(attemptTimes(1).at(-1)).toBeCloseTo(75.58 * 1.1, 1);
  });
});

describe('What a receiver answers', () => {
  it.each([200, 201, 202, 204, 299])('%d is a delivery', (status) => {
    expect(outcomeOf({ status, error: problemOf(status) }, 1, 0.5)).toEqual({ state: 'delivered', waitMs: null });
  });

  it.each([301, 302, 304, 308, 400, 401, 404, 429, 500, 503])('%d is tried again', (status) => {
    expect(outcomeOf({ status, error: problemOf(status) }, 1, 0.5)).toEqual({ state: 'armed', waitMs: 5_000 });
  });

  it('410 ends it at once, and so does an address that may not be called', () => {
    expect(outcomeOf({ status: 410, error: problemOf(410) }, 1, 0.5)).toEqual({ state: 'given_up', waitMs: null });
    expect(outcomeOf({ status: null, error: 'private', hopeless: true }, 1, 0.5).state).toBe('given_up');
  });

  it('puts us off for as long as Retry-After says, up to a day, and never brings us forward', () => {
    expect(waitAfter(1, 90_000, 0.5)).toBe(90_000);
    expect(waitAfter(1, 400 * HOUR, 0.5)).toBe(24 * HOUR);
    expect(waitAfter(3, 1_000, 0.5)).toBe(HOUR / 2);
  });

  it('is tried again at once by another process when ours stopped, even on the last attempt', () => {
    expect(outcomeOf({ status: null, error: 'stopped', interrupted: true }, 10, 0.5)).toEqual({
      state: 'armed',
      waitMs: 0,
    });
  });
});

describe('Another schedule', () => {
  it('is an argument', () => {
    expect(waitBy([1_000], { attempt: 1, retryAfterMs: null, random: 0.5 })).toBe(1_000);
    expect(outcomeBy([1_000], failed, 2, 0.5)).toEqual({ state: 'given_up', waitMs: null });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');

  it('is read as seconds or as a date', () => {
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:02:00 GMT', now)).toBe(120_000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  });

  it.each([undefined, '', 'soon', '9'.repeat(30)])('%p says nothing', (header) => {
    expect(retryAfterMs(header, now)).toBeNull();
  });
});
