import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('makes argon2id hashes that only their password matches', async () => {
    const hash = await hasher.hash('correct horse battery');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.matches(hash, 'correct horse battery')).toBe(true);
    expect(await hasher.matches(hash, 'Correct horse battery')).toBe(false);
  });

  it('matches nothing for a person without a password, after the same work', async () => {
    await hasher.onModuleInit();
    const time = async (hash: string | null): Promise<number> => {
      const start = performance.now();
      await hasher.matches(hash, 'guess');
      return performance.now() - start;
    };
    const hash = await hasher.hash('correct horse battery');
    expect(await hasher.matches(null, 'guess')).toBe(false);
    expect(await time(null)).toBeGreaterThan((await time(hash)) * 0.3);
  });

  it('says that it is busy instead of letting everybody wait', async () => {
    const flooded = new PasswordHasher();
    const attempts = Array.from({ length: 200 }, () => flooded.hash('correct horse battery'));
    const results = await Promise.allSettled(attempts);
    const refused = results.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.reason).toMatchObject({ code: 'auth.busy', retryable: true });
    await expect(flooded.hash('correct horse battery')).resolves.toBeDefined();
    // Over a hundred real hashes, two at a time.
  }, 60_000);
});
