import type { Principal, PrincipalService } from '#auth';
import { type Watcher, Watchers } from './watchers.js';

/** Knows which credentials still count, and how often it was asked. */
class FakeAccess implements Pick<PrincipalService, 'isStillValid'> {
  readonly revoked = new Set<string>();
  asked = 0;
  away = false;

  isStillValid({ credentialId }: Principal): Promise<boolean> {
    this.asked += 1;
    return this.away
      ? Promise.reject(new Error('the database is away'))
      : Promise.resolve(!this.revoked.has(credentialId));
  }
}

class RecordedWatcher implements Watcher {
  readonly principal: Principal;
  readonly heard: string[] = [];

  constructor(credentialId: string) {
    this.principal = { kind: 'user', credentialId, orgId: 'org', permissions: new Set() } as unknown as Principal;
  }

  revoked(): void {
    this.heard.push('revoked');
  }

  draining(reconnectInMs: number): void {
    this.heard.push(reconnectInMs >= 0 && reconnectInMs <= 5_000 ? 'draining' : 'draining at a strange time');
  }
}

function setUp() {
  const access = new FakeAccess();
  const watchers = new Watchers(access as unknown as PrincipalService);
  return { access, watchers };
}

describe('Those who watch runs', () => {
  it('are told once that their credential is gone; the others hear nothing', async () => {
    const { access, watchers } = setUp();
    const [mine, also, other] = ['a', 'a', 'b'].map((id) => new RecordedWatcher(id));
    for (const watcher of [mine!, also!, other!]) watchers.add(watcher);
    access.revoked.add('a');
    await watchers.dropRevoked();
    await watchers.dropRevoked();
    expect([mine, also, other].map((watcher) => watcher?.heard)).toEqual([['revoked'], ['revoked'], []]);
  });

  it('cost one question per credential, however many they are', async () => {
    const { access, watchers } = setUp();
    for (let each = 0; each < 1_000; each += 1) watchers.add(new RecordedWatcher(each % 2 === 0 ? 'a' : 'b'));
    await watchers.dropRevoked();
    expect(access.asked).toBe(2);
  });

  it('stay while nobody can tell whether they may', async () => {
    const { access, watchers } = setUp();
    const watcher = new RecordedWatcher('a');
    watchers.add(watcher);
    access.away = true;
    await watchers.dropRevoked();
    expect(watcher.heard).toEqual([]);
  });

  it('are asked to come back later when the server stops, those who come then too, those who left not', () => {
    const { watchers } = setUp();
    const [early, gone, late] = ['a', 'b', 'c'].map((id) => new RecordedWatcher(id));
    watchers.add(early!);
    watchers.add(gone!)();
    watchers.onModuleDestroy();
    expect(watchers.isDraining).toBe(true);
    watchers.add(late!);
    expect([early, gone, late].map((watcher) => watcher?.heard)).toEqual([['draining'], [], ['draining']]);
  });
});
