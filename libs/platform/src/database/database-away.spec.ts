import { despiteAbsence, isDatabaseAway } from './database-away.js';

const away = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });

/** Fails so often before it answers. */
const answeringAfter = (failures: number, error: Error) => {
  const work = {
    tried: 0,
    do: () => (++work.tried <= failures ? Promise.reject(error) : Promise.resolve('done')),
  };
  return work;
};

describe('A database that is away', () => {
  it.each([
    [away, true],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), true],
    [Object.assign(new Error('connection failure'), { code: '08006' }), true],
    [new Error('Connection terminated unexpectedly'), true],
    [Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    [new TypeError('undefined is not a function'), false],
    ['thrown text', false],
  ])('is told from other errors: %s', (error, expected) => expect(isDatabaseAway(error)).toBe(expected));

  it('is waited for', async () => {
    const work = answeringAfter(2, away);
    expect(await despiteAbsence(work.do)).toBe('done');
    expect(work.tried).toBe(3);
  });

  it('is not waited for longer than it was said, nor when nobody wants the answer any more', async () => {
    await expect(despiteAbsence(answeringAfter(99, away).do, { forMs: 120 })).rejects.toBe(away);
    const work = answeringAfter(99, away);
    await expect(despiteAbsence(work.do, { signal: AbortSignal.abort() })).rejects.toBe(away);
    expect(work.tried).toBe(1);
  });

  it('excuses no other error', async () => {
    const work = answeringAfter(1, new Error('no such table'));
    await expect(despiteAbsence(work.do)).rejects.toThrow('no such table');
    expect(work.tried).toBe(1);
  });
});
