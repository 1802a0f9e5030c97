import { RecordingWorld } from './recording-world.js';

/** Real: the world's own HTTP server. */
describe('RecordingWorld', () => {
  let world: RecordingWorld;
  const post = (path: string, key: string): Promise<Response> =>
    fetch(world.url + path, { method: 'POST', headers: { 'idempotency-key': key }, body: '{}' });

  beforeAll(async () => {
    world = await RecordingWorld.start();
  });

  afterAll(() => world.stop());

  it('acts once per key where keys are honoured, every time where they are not, and from the second time on where requests get lost', async () => {
    for (const path of ['/honours/a', '/acts/a', '/loses/a']) {
      for (let times = 0; times < 3; times += 1) expect((await post(path, 'one key')).status).toBe(200);
    }
    expect(['/honours/a', '/acts/a', '/loses/a'].map((path) => world.actsOf(path))).toEqual([1, 3, 2]);
    await post('/honours/a', 'another key');
    expect(world.actsOf('/honours/a')).toBe(2);
  });

  it('acts on what it keeps waiting for its answer', async () => {
    const release = world.hold('/acts/held');
    const answer = post('/acts/held', 'key');
    await world.reached('/acts/held');
    expect(world.actsOf('/acts/held')).toBe(1);
    release();
    expect((await answer).status).toBe(200);
  });
});
