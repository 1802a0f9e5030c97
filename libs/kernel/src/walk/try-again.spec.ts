import { StepError } from '../step-error.js';
import { mayTryAgain, waitBeforeNextTryMs } from './try-again.js';

const error = (code: string, retryable = true, retryAfterMs?: number): StepError =>
  new StepError({ code, message: 'm', retryable, retryAfterMs });

describe('a failed try', () => {
  it.each([
    [1, 3, true],
    [2, 3, true],
    [3, 3, false],
    [1, 1, false],
  ])('number %d of %d may be followed by another: %s', (tries, maxAttempts, expected) => {
    expect(mayTryAgain(error('a.b'), tries, { maxAttempts })).toBe(expected);
  });

  it('is the last without a policy, and where trying again cannot help', () => {
    expect(mayTryAgain(error('a.b'), 1)).toBe(false);
    expect(mayTryAgain(error('a.b', false), 1, { maxAttempts: 3, on: ['a.b'] })).toBe(false);
  });

  it.each([
    ['http.status', ['http.status'], true],
    ['http.status', ['http'], true],
    ['http.status', ['http.'], true],
    ['provider.rate_limit', ['http', 'provider.'], true],
    ['http.status', ['http.stat'], false],
    ['https.status', ['http'], false],
    ['http', ['http.'], false],
    ['step.timeout', ['http', 'provider.'], false],
  ])('with the error %s and a policy for %j is followed by another: %s', (code, on, expected) => {
    expect(mayTryAgain(error(code), 1, { maxAttempts: 2, on })).toBe(expected);
  });
});

describe('the wait before the next try', () => {
  const waits = (failedTry: number, backoffMs?: number, retryAfterMs?: number): number[] =>
    Array.from({ length: 200 }, () =>
      waitBeforeNextTryMs(error('a.b', true, retryAfterMs), failedTry, { maxAttempts: 9, backoffMs }),
    );

  it.each([
    [1, undefined, 500, 1_000],
    [1, 100, 50, 100],
    [3, 100, 200, 400],
    [12, 1_000, 30_000, 60_000],
    [5, 0, 0, 0],
  ])('after try %d with a backoff of %s ms lies by chance between %d and %d ms', (failedTry, backoff, least, most) => {
    const all = waits(failedTry, backoff);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...all)).toBeLessThanOrEqual(most);
    expect(new Set(all).size > 10 || most === 0).toBe(true);
  });

  it.each([5_000, 600_000])('is what the service asks for (%d ms), and a little by chance', (retryAfterMs) => {
    const all = waits(1, 100, retryAfterMs);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(retryAfterMs);
    expect(Math.max(...all)).toBeLessThanOrEqual(retryAfterMs + 50);
    expect(new Set(all).size).toBeGreaterThan(10);
  });

  it('is none when the service asks for more than a day', () => {
    expect(mayTryAgain(error('a.b', true, 86_400_000), 1, { maxAttempts: 2 })).toBe(true);
    expect(mayTryAgain(error('a.b', true, 86_400_001), 1, { maxAttempts: 2 })).toBe(false);
  });
});
