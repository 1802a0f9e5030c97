import type { Principal } from '#auth';
import type { Watchers } from '#executions';
import { runWith } from '#platform/context';
import { type OpenExchange, OpenExchanges } from './open-exchanges.js';

/** Keeps who watches, as the real one does. */
class FakeWatchers {
  readonly watching = new Set<object>();

  add(watcher: object): () => void {
    this.watching.add(watcher);
    return () => this.watching.delete(watcher);
  }
}

const principal = (credentialId: string): Principal => ({
  kind: 'api-key',
  userId: 'u',
  credentialId,
  orgId: 'o',
  permissions: new Set(),
});
const silent: OpenExchange = { onRevoked: () => undefined, onDraining: () => undefined, onClosing: () => undefined };

describe('What is open for clients', () => {
  let watchers: FakeWatchers;
  let exchanges: OpenExchanges;
  const add = (credentialId: string, exchange = silent): (() => void) =>
    runWith({ orgId: 'o', principal: principal(credentialId) }, () => exchanges.add(exchange));

  beforeEach(() => {
    watchers = new FakeWatchers();
    exchanges = new OpenExchanges(watchers as unknown as Watchers);
  });

  it('is bounded for each credential, and has room again once something has closed', () => {
    const leave = Array.from({ length: 256 }, () => add('a', { ...silent }));
    expect(() => add('a')).toThrow(expect.objectContaining({ kind: 'limited', code: 'mcp.too_many_open' }));
    expect(() => add('b')).not.toThrow();
    leave[0]?.();
    expect(() => add('a', { ...silent })).not.toThrow();
  });

  it('is bounded for a process', () => {
    for (let key = 0; key < 4_000; key += 1) add(`key-${key}`, { ...silent });
    expect(() => add('one more')).toThrow(expect.objectContaining({ code: 'mcp.too_many_open' }));
  });

  it('is watched for revocation as long as it is open', () => {
    const leave = add('a');
    expect(watchers.watching.size).toBe(1);
    leave();
    expect(watchers.watching.size).toBe(0);
  });

  it('says its last words before the process closes its connections', async () => {
    const said: string[] = [];
    const leave = add('a', {
      ...silent,
      onClosing: () => {
        said.push('the run goes on');
        setTimeout(() => leave(), 10);
      },
    });
    await exchanges.beforeApplicationShutdown();
    expect([said, watchers.watching.size]).toEqual([['the run goes on'], 0]);
    await exchanges.beforeApplicationShutdown();
  });
});
