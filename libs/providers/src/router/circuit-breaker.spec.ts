import { FakeClock } from '../testing/fake-clock.js';
import { CircuitBreaker, type Pass } from './circuit-breaker.js';

const OPTIONS = { failuresToOpen: 3, openMs: 1_000, maxOpenMs: 3_000 };
const FAILURE = { kind: 'failure', code: 'provider.server_error' } as const;

describe('CircuitBreaker', () => {
  const clock = new FakeClock();
  let breaker: CircuitBreaker;
  const enter = (): Pass => {
    const pass = breaker.enter();
    if (!pass) throw new Error('It was closed.');
    return pass;
  };
  const fail = (times = 1): void => {
    for (let n = 0; n < times; n++) breaker.leave(enter(), FAILURE);
  };

  beforeEach(() => {
    breaker = new CircuitBreaker(OPTIONS, () => clock.now());
  });

  it('refuses calls after so many failures in a row, and says until when', () => {
    fail(2);
    breaker.leave(enter(), { kind: 'success' });
    fail(3);
    expect(breaker.enter()).toBeNull();
    expect(breaker.read()).toMatchObject({
      state: 'open',
      failures: 3,
      retryAt: clock.now() + 1_000,
      lastErrorCode: 'provider.server_error',
    });
  });

  it('lets one call at a time find out, and closes when it succeeds', () => {
    fail(3);
    clock.pass(1_000);
    expect(breaker.read()).toMatchObject({ state: 'half-open', retryAt: null });
    const probe = enter();
    expect(breaker.enter()).toBeNull();
    breaker.leave(probe, { kind: 'success' });
    expect(breaker.read()).toMatchObject({ state: 'closed', failures: 0 });
    expect(breaker.enter()).not.toBeNull();
  });

  it('stays open twice as long after each probe that fails, up to its longest', () => {
    fail(3);
    const openMs: number[] = [];
    for (let n = 0; n < 3; n++) {
      clock.pass(3_000);
      fail();
      openMs.push((breaker.read().retryAt ?? 0) - clock.now());
    }
    expect(openMs).toEqual([2_000, 3_000, 3_000]);
  });

  it('lets another call find out when the one that was to was cancelled', () => {
    fail(3);
    clock.pass(1_000);
    breaker.leave(enter(), { kind: 'neutral' });
    expect(breaker.enter()).toEqual({ isProbe: true });
  });

  it('learns nothing from calls that had begun before it opened', () => {
    const early = enter();
    const late = enter();
    fail(3);
    breaker.leave(early, { kind: 'success' });
    expect(breaker.read().state).toBe('open');
    const { retryAt } = breaker.read();
    breaker.leave(late, FAILURE);
    expect(breaker.read()).toMatchObject({ retryAt, failures: 3 });
  });

  it('closes for as long as the provider says, but not for ever', () => {
    breaker.leave(enter(), { kind: 'closed-until', code: 'provider.rate_limited', waitMs: 2_500 });
    expect(breaker.read()).toMatchObject({ state: 'open', retryAt: clock.now() + 2_500 });
    clock.pass(2_500);
    breaker.leave(enter(), { kind: 'closed-until', code: 'provider.rate_limited', waitMs: 86_400_000 });
    expect(breaker.read().retryAt).toBe(clock.now() + 3_000);
  });
});
