import { describe, expect, it } from 'vitest';
import { formatDuration } from './format-duration';
import { formatExactMoney, formatMoney } from './format-money';
import { formatRelativeTime } from './format-time';
import { formatCount, formatTokens } from './format-tokens';

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [412, '412 ms'],
    [999.4, '999 ms'],
    [1000, '1.0 s'],
    [3240, '3.2 s'],
    [59_949, '59.9 s'],
    [59_960, '1 m 0 s'],
    [250_000, '4 m 10 s'],
    [7_500_000, '2 h 5 m'],
  ])('shows %d ms as %s', (ms, shown) => expect(formatDuration(ms)).toBe(shown));

  it('says "unknown" for what is not known, never 0', () => {
    expect(formatDuration(null)).toBe('unknown');
    expect(formatDuration(undefined)).toBe('unknown');
    expect(formatDuration(Number.NaN)).toBe('unknown');
  });
});

describe('money', () => {
  it.each([
    [0, '$0'],
    [42, '<$0.0001'],
    [4200, '$0.0042'],
    [999_940, '$0.9999'],
    [999_960, '$1.00'],
    [12_400_000, '$12.40'],
    [1_234_560_000, '$1,234.56'],
  ])('shows %d micro-USD as %s', (microUsd, shown) => expect(formatMoney(microUsd)).toBe(shown));

  it('says "unknown" when no price is known, never $0', () => expect(formatMoney(null)).toBe('unknown'));
  it('keeps the exact amount for hovering', () => expect(formatExactMoney(4217)).toBe('4,217 micro-USD'));
});

describe('tokens', () => {
  it.each([
    [340, '340'],
    [1200, '1.2 k'],
    [2000, '2 k'],
    [12_345, '12 k'],
    [999_600, '1 M'],
    [3_400_000, '3.4 M'],
  ])('shows %d as %s', (count, shown) => expect(formatCount(count)).toBe(shown));

  it('shows both directions', () =>
    expect(formatTokens({ inputTokens: 1200, outputTokens: 340 })).toBe('1.2 k in · 340 out'));
});

describe('relative times', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  it.each([
    ['2026-11-21T11:59:58Z', 'just now'],
    ['2026-11-21T11:59:48Z', '12 s ago'],
    ['2026-11-21T11:56:00Z', '4 min ago'],
    ['2026-11-21T09:00:00Z', '3 h ago'],
    ['2026-11-19T11:00:00Z', '2 d ago'],
    ['2026-11-24T13:00:00Z', 'in 3 d'],
  ])('shows %s as %s', (at, shown) => expect(formatRelativeTime(at, now)).toBe(shown));

  it('shows the date once a week has passed', () =>
    expect(formatRelativeTime('2026-11-01T12:00:00Z', now)).toBe('1 Nov 2026'));
});
