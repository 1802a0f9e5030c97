import { AttemptLimiter, networkOf } from './attempt-limiter.js';

describe('AttemptLimiter', () => {
  const start = (): { limiter: AttemptLimiter; clock: { now: number } } => {
    const clock = { now: 1_000 };
    return { clock, limiter: new AttemptLimiter({ attempts: 2, windowMs: 60_000, capacity: 3, now: () => clock.now }) };
  };

  it('refuses one attempt too many and says how many seconds to wait', () => {
    const { limiter, clock } = start();
    limiter.take('a');
    limiter.take('a');
    clock.now += 15_000;
    expect(() => limiter.take('a')).toThrow('Try again in 45 seconds');
    expect(() => limiter.take('b')).not.toThrow();
  });

  it('starts again when the time is over or the person was the right one', () => {
    const { limiter, clock } = start();
    limiter.take('a');
    limiter.take('a');
    limiter.forget('a');
    limiter.take('a');
    limiter.take('a');
    clock.now += 60_000;
    expect(() => limiter.take('a')).not.toThrow();
  });

  it('forgets the oldest name rather than growing', () => {
    const { limiter } = start();
    for (const name of ['a', 'a', 'b', 'c', 'd']) limiter.take(name);
    expect(() => limiter.take('a')).not.toThrow();
  });
});

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    [undefined, 'unknown'],
    ['nonsense', 'unknown'],
  ])('reads %s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('takes a customer with many IPv6 addresses for one caller', () => {
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::9'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });
});
