import { ModelCallError } from '../errors/model-call-error.js';
import { DEFAULT_RETRY_POLICY, pauseBeforeRetry, type Situation } from './retry-policy.js';

const failed = (options: ConstructorParameters<typeof ModelCallError>[2]): ModelCallError =>
  new ModelCallError('provider.server_error', 'It failed.', options);

const pause = (situation: Partial<Situation>): number | null =>
  pauseBeforeRetry(DEFAULT_RETRY_POLICY, {
    attempts: 1,
    error: failed({ status: 500 }),
    hasFallback: false,
    random: 0.5,
    ...situation,
  });

describe('the pause before a retry', () => {
  it('is anything up to a bound that doubles, and never longer than the longest', () => {
    expect([pause({ random: 0 }), pause({ random: 0.999 })]).toEqual([0, 500]);
    expect(pause({ attempts: 2, random: 0.999 })).toBe(999);
    expect(pauseBeforeRetry({ ...DEFAULT_RETRY_POLICY, attemptsPerModel: 50 }, situation(30))).toBe(8_000);
  });

  it('lies behind the moment that the provider named', () => {
    const error = failed({ status: 429, retryAfterMs: 3_000 });
    expect(pause({ error, random: 0 })).toBe(3_000);
    expect(pause({ error, random: 1 })).toBe(3_500);
  });

  it('is none when it would be too long, sooner where another model stands by', () => {
    expect(pause({ error: failed({ status: 429, retryAfterMs: 600_000 }) })).toBeNull();
    const error = failed({ status: 429, retryAfterMs: 3_000 });
    expect(pause({ error, hasFallback: true })).toBeNull();
    expect(pause({ error: failed({ status: 429, retryAfterMs: 1_000 }), hasFallback: true })).toBe(1_250);
  });

  it('is none for what cannot pass, and after the last attempt', () => {
    expect(pause({ error: failed({ status: 401 }) })).toBeNull();
    expect(pause({ attempts: 3 })).toBeNull();
  });
});

function situation(attempts: number): Situation {
  return { attempts, error: failed({ status: 500 }), hasFallback: false, random: 1 };
}
