import { describe, expect, it } from 'vitest';
import { dollarsText, parseDollars } from './dollars';

describe('an amount of money that somebody types', () => {
  it.each([
    ['12.50', 12_500_000],
    [' $3 ', 3_000_000],
    ['0', 0],
    ['0.000001', 1],
    ['1,000', 1_000_000_000],
    ['0.29', 290_000],
    ['', null],
  ])('is read as micro-dollars: %p', (text, expected) => expect(parseDollars(text)).toBe(expected));

  it.each(['-1', '1e3', 'ten', '1.2345678', '1000001', '1.', 'NaN'])('is refused when it is none: %p', (text) =>
    expect(parseDollars(text)).toBeUndefined(),
  );

  it('is shown as it would be typed', () => {
    expect([dollarsText(12_500_000), dollarsText(1), dollarsText(null)]).toEqual(['12.5', '0.000001', '']);
  });
});
