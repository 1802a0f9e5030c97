import { SeededRandom } from './seeded-random.js';

describe('SeededRandom', () => {
  it('plays the same round again for the same seed, and another one for another', () => {
    const play = (seed: number): number[] => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 20 }, () => random.between(0, 1_000));
    };
    expect(play(7)).toEqual(play(7));
    expect(play(7)).not.toEqual(play(8));
  });

  it('stays within its bounds and reaches both', () => {
    const random = new SeededRandom(1);
    const seen = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
    expect(() => random.oneOf([])).toThrow('nothing to choose');
  });
});
