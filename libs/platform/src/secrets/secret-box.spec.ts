import { SecretBox, SecretUnreadableError } from './secret-box.js';

const KEY = 'q3Vw7Yk1Zp0Rb8Lx2Nd5Ht9Mc4Fs6GjA';
const LATER_KEY = 'J8dK2mX5vB1nQ7wE4rT9yU3iO6pL0aSz';
const owner = { field: 'webhook.sealed_secret', orgId: 'org-a', rowId: 'row-1' };
const box = new SecretBox(KEY);

describe('A sealed secret', () => {
  it.each(['', 'whsec_c2VjcmV0', 'ünïcödé 🔑', 'x'.repeat(100_000)])(
    'opens for the row that it belongs to',
    (secret) => {
      expect(box.open(box.seal(secret, owner), owner)).toBe(secret);
    },
  );

  it('looks different every time and never shows the secret', () => {
    const [first, second] = [box.seal('hunter2-hunter2', owner), box.seal('hunter2-hunter2', owner)];
    expect(first).not.toBe(second);
    for (const text of [first, second, Buffer.from(first.split('.')[2] ?? '', 'base64url').toString('latin1')]) {
      expect(text).not.toContain('hunter2');
    }
  });

  it.each([
    { ...owner, orgId: 'org-b' },
    { ...owner, rowId: 'row-2' },
    { ...owner, field: 'credential.sealed_secret' },
    { field: 'webhook.sealed_secret', orgId: 'org-a","row-1', rowId: '' },
  ])('does not open for %j', (other) => {
    expect(() => box.open(box.seal('secret', owner), other)).toThrow(SecretUnreadableError);
  });

  it('does not open when one bit of it was changed, wherever', () => {
    const [format, keyId, payload = ''] = box.seal('secret', owner).split('.');
    const bytes = Buffer.from(payload, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => box.open(`${format}.${keyId}.${changed.toString('base64url')}`, owner)).toThrow(
        SecretUnreadableError,
      );
    }
  });

  it.each(['', 'v1', 'v2.00000000.AAAA', 'v1..', 'v1.00000000.AAAA', 'plain text', `${box.seal('secret', owner)}.x`])(
    'is not %p',
    (text) => {
      expect(() => box.open(text, owner)).toThrow(SecretUnreadableError);
    },
  );

  it('opens after the key was changed as long as the earlier key is known, and says which one it wants', () => {
    const sealed = box.seal('secret', owner);
    const later = new SecretBox(LATER_KEY, [KEY]);
    expect(later.open(sealed, owner)).toBe('secret');
    expect([later.isCurrent(sealed), later.isCurrent(later.seal('secret', owner))]).toEqual([false, true]);
    expect(() => new SecretBox(LATER_KEY).open(sealed, owner)).toThrow(/which is not the ENCRYPTION_KEY of today/);
    expect(() => box.open(later.seal('secret', owner), owner)).toThrow(SecretUnreadableError);
  });
});
