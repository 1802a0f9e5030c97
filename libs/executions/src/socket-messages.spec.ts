import { readSubscription } from './socket-messages.js';

const ID = '01900000-0000-7000-8000-0000000000AA';

describe('A subscription message', () => {
  it('names a run and where to begin, from the first event unless it says otherwise', () => {
    expect(readSubscription({ executionId: ID })).toEqual({ executionId: ID.toLowerCase(), after: 0 });
    expect(readSubscription({ executionId: ID, after: 7, more: 1 })).toEqual({
      executionId: ID.toLowerCase(),
      after: 7,
    });
  });

  it.each([
    [undefined],
    [null],
    ['execution:1'],
    [[ID]],
    [{}],
    [{ executionId: [ID] }],
    [{ executionId: `${ID}x` }],
    [{ executionId: `${ID}\n` }],
    [{ executionId: ID, after: '1' }],
    [{ executionId: ID, after: -1 }],
    [{ executionId: ID, after: 1.5 }],
    [{ executionId: ID, after: Number.NaN }],
    [{ executionId: ID, after: 2_147_483_648 }],
    [{ executionId: ID, after: null }],
  ])('that is %p is refused', (message) => {
    expect(readSubscription(message)).toBeNull();
  });
});
