import { CursorCodec } from './cursor.js';

const codec = new CursorCodec('q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA');
const POSITION = { at: '2026-01-01T00:00:00.123456Z', id: '01900000-0000-7000-8000-000000000001' };

describe('A cursor', () => {
  it('leads back to the position that it was made of', () => {
    expect(codec.decode('agents:org', codec.encode('agents:org', POSITION))).toEqual(POSITION);
  });

  it.each([
    ['another list', 'executions:org', (cursor: string) => cursor],
    ['another organisation', 'agents:other', (cursor: string) => cursor],
    [
      'a forged position',
      'agents:org',
      (cursor: string) => `${Buffer.from('["9","9"]').toString('base64url')}.${cursor.split('.')[1]}`,
    ],
    ['a cut signature', 'agents:org', (cursor: string) => cursor.slice(0, -1)],
    ['no signature', 'agents:org', (cursor: string) => cursor.split('.')[0] ?? ''],
    ['nothing', 'agents:org', () => ''],
    ['nonsense', 'agents:org', () => '☃.☃☃☃☃☃☃☃☃☃☃'],
    ['another secret', 'agents:org', () => new CursorCodec('other').encode('agents:org', POSITION)],
  ])('of %s is refused with the field and the way out', (_what, list, change) => {
    const cursor = change(codec.encode('agents:org', POSITION));
    expect(() => codec.decode(list, cursor)).toThrow(
      expect.objectContaining({
        kind: 'malformed',
        code: 'request.invalid_cursor',
        errors: [expect.objectContaining({ pointer: '/query/cursor' })],
      }),
    );
  });

  it('comes with a page exactly when there is more', () => {
    const position = (id: number): { at: string; id: string } => ({ at: 'now', id: String(id) });
    const page = codec.page('list', [1, 2, 3], 2, position);
    expect(page).toMatchObject({ data: [1, 2], hasMore: true });
    expect(codec.decode('list', page.nextCursor ?? '').id).toBe('2');
    expect(codec.page('list', [1, 2], 2, position)).toEqual({ data: [1, 2], hasMore: false, nextCursor: null });
    expect(codec.page('list', [], 2, position)).toEqual({ data: [], hasMore: false, nextCursor: null });
  });
});
