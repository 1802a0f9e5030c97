import { MessageRate } from './message-rate.js';

describe('The rate of a webhook', () => {
  it('is so many messages a minute, each webhook for itself', () => {
    let now = 0;
    const rate = new MessageRate(3, () => now);
    for (let count = 0; count < 3; count += 1) rate.take('a');
    now = 59_000;
    expect(() => rate.take('a')).toThrow(expect.objectContaining({ kind: 'limited', retryAfterSeconds: 1 }));
    expect(() => rate.take('b')).not.toThrow();
    now = 60_000;
    expect(() => rate.take('a')).not.toThrow();
  });
});
