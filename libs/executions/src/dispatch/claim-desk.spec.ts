import type { Settings } from '#platform/config';
import type { ActiveRuns } from '../active-runs.js';
import { ClaimDesk } from './claim-desk.js';
import type { ClaimedRun, ClaimsRepository } from './claims.repository.js';

const run = (id: string): ClaimedRun => ({ id }) as ClaimedRun;

function desk(claims: Partial<Record<keyof ClaimsRepository, unknown>>): ClaimDesk {
  const settings = { executions: { orgConcurrentRuns: 10 } } as Settings;
  const here = { processId: 'here', leaseMs: 1_000 } as unknown as ActiveRuns;
  return new ClaimDesk(claims as unknown as ClaimsRepository, here, settings);
}

describe('The claim desk', () => {
  it('makes one claim of what many workers ask for at the same moment, and says who gets nothing', async () => {
    const wanted: number[] = [];
    const one = desk({
      claim: (count: number) => (wanted.push(count), Promise.resolve([run('a'), run('b')])),
      hasQueued: () => Promise.resolve(false),
    });
    expect(await Promise.all([one.next(), one.next(), one.next()])).toEqual([run('a'), run('b'), null]);
    expect(wanted).toEqual([3]);
    expect(one.mayHaveMore).toBe(false);
  });

  it('hands out what it has claimed although it cannot learn whether there is more', async () => {
    const one = desk({
      claim: () => Promise.resolve([run('a')]),
      hasQueued: () => Promise.reject(new Error('The database is away.')),
    });
    expect(await Promise.all([one.next(), one.next()])).toEqual([run('a'), null]);
    expect(one.mayHaveMore).toBe(true);
  });

  it('tells everybody who asked when the claim itself fails, and goes on with the next', async () => {
    let isAway = true;
    const one = desk({
      claim: () => (isAway ? Promise.reject(new Error('The database is away.')) : Promise.resolve([run('a')])),
    });
    const [first, second] = await Promise.allSettled([one.next(), one.next()]);
    expect([first?.status, second?.status]).toEqual(['rejected', 'rejected']);
    isAway = false;
    expect(await one.next()).toEqual(run('a'));
  });
});
