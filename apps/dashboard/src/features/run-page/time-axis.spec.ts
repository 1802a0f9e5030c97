import { describe, expect, it } from 'vitest';
import { formatDuration } from '@/shared/format/format-duration';
import { tickDistanceMs, tickLabel, ticksOf } from './time-axis';

describe('the time axis', () => {
  it('marks round moments: 1, 2 and 5 below a second, clock times above', () => {
    expect(tickDistanceMs(7, 5)).toBe(2);
    expect(tickDistanceMs(705, 5)).toBe(200);
    expect(tickDistanceMs(2400, 5)).toBe(500);
    expect(tickDistanceMs(61_000, 5)).toBe(15_000);
    expect(tickDistanceMs(3 * 3_600_000, 5)).toBe(3_600_000);
  });

  it('never has more distances than asked for', () => {
    for (const spanMs of [1, 9, 333, 1001, 59_999, 86_400_000, 40 * 86_400_000]) {
      expect(ticksOf(spanMs, 6).length).toBeLessThanOrEqual(7);
    }
  });

  it('begins at 0 and stays inside the span', () => {
    expect(ticksOf(1000, 5)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(ticksOf(1, 5)).toEqual([0, 1]);
  });

  it('names ticks in whole units, and as the durations beside them where both are short', () => {
    expect([0, 250, 2500, 15_000, 240_000, 5_400_000].map(tickLabel)).toEqual([
      '0',
      '250 ms',
      '2.5 s',
      '15 s',
      '4 m',
      '1 h 30 m',
    ]);
    expect(tickLabel(250)).toBe(formatDuration(250));
    expect(tickLabel(2500)).toBe(formatDuration(2500));
  });
});
