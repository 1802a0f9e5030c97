import { PrincipalCache } from './principal-cache.js';

describe('PrincipalCache', () => {
  it('asks once for requests side by side', async () => {
    const cache = new PrincipalCache();
    let lookups = 0;
    const lookup = async (): Promise<number> => (lookups += 1);
    expect(await Promise.all([cache.get('a', lookup), cache.get('a', lookup)])).toEqual([1, 1]);
    expect(await cache.get('b', lookup)).toBe(2);
  });

  it('asks again after something changed, and never brings back an answer from before', async () => {
    const cache = new PrincipalCache();
    let finish: (value: string) => void = () => undefined;
    const before = cache.get('a', () => new Promise<string>((resolve) => (finish = resolve)));
    cache.forget();
    expect(await cache.get('a', async () => 'new')).toBe('new');
    finish('old');
    expect(await before).toBe('old');
    expect(await cache.get('a', async () => 'newer')).toBe('new');
  });

  it('does not keep a failed lookup', async () => {
    const cache = new PrincipalCache();
    await expect(cache.get('a', () => Promise.reject(new Error('database away')))).rejects.toThrow('database away');
    expect(await cache.get('a', async () => 'back')).toBe('back');
  });
});
