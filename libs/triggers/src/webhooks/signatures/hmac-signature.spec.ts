import { flippedBodies, HMAC_SECRET, hmacMessage, withHeader } from '../../testing/signed-message.js';
import type { IncomingMessage } from '../incoming-message.js';
import { verifyHmac } from './hmac-signature.js';

const PLAIN = { signatureHeader: 'x-signature-256', timestampHeader: null };
const TIMED = { signatureHeader: 'x-signature-256', timestampHeader: 'x-timestamp' };
const NOW_SECONDS = 1_800_000_000;

const verify = (message: IncomingMessage, headers = PLAIN, secret = HMAC_SECRET): string | null =>
  verifyHmac(secret, headers, message, NOW_SECONDS * 1_000);
const verifyTimed = (message: IncomingMessage): string | null =>
  verifyHmac(HMAC_SECRET, TIMED, message, NOW_SECONDS * 1_000);

describe('A message with a shared secret', () => {
  it.each([
    ['hex', 'sha256='],
    ['hex', ''],
    ['base64', 'sha256='],
    ['base64', ''],
  ] as const)('proves its sender in %s after "%s", always under the same id', (encoding, prefix) => {
    expect(verify(hmacMessage({ encoding, prefix }))).toBe(verify(hmacMessage()));
    expect(verify(hmacMessage({ encoding, prefix }))).toMatch(/^hmac:[0-9a-f]{64}$/);
    expect(verify(hmacMessage({ encoding, prefix, body: '' }))).not.toBeNull();
  });

  it('has the same id in capitals: how it is written makes no new message', () => {
    const message = hmacMessage({ prefix: '' });
    const capitals = withHeader(message, 'x-signature-256', message.headers['x-signature-256']![0]!.toUpperCase());
    expect(verify(capitals)).toBe(verify(message));
  });

  it('proves nothing once any byte of its body has changed', () => {
    for (const changed of flippedBodies(hmacMessage())) expect(verify(changed)).toBeNull();
  });

  it.each(['hex', 'base64'] as const)(
    'proves nothing once any character of its %s signature has changed',
    (encoding) => {
      const message = hmacMessage({ encoding, prefix: '' });
      const value = message.headers['x-signature-256']![0]!;
      for (let index = 0; index < value.length; index += 1) {
        const changed = `${value.slice(0, index)}${value[index] === '1' ? '2' : '1'}${value.slice(index + 1)}`;
        expect(verify(withHeader(message, 'x-signature-256', changed))).toBeNull();
        expect(verify(withHeader(message, 'x-signature-256', value.slice(0, index)))).toBeNull();
      }
    },
  );

  it('proves nothing with another secret, without a signature, with two, or with one in another header', () => {
    const message = hmacMessage();
    const [value = ''] = message.headers['x-signature-256'] ?? [];
    expect(verify(message, PLAIN, 'another secret of some length')).toBeNull();
    expect(verify(withHeader(message, 'x-signature-256', null))).toBeNull();
    expect(verify(withHeader(message, 'x-signature-256', [value, value]))).toBeNull();
    expect(verify(withHeader(message, 'x-signature-256', `${value},${value}`))).toBeNull();
    expect(verify(withHeader(message, 'x-signature-256', value.replace('sha256', 'sha1')))).toBeNull();
    expect(verify(message, { ...PLAIN, signatureHeader: 'x-other' })).toBeNull();
  });

  it('with a time signs it along and is good for five minutes', () => {
    const timestamp = NOW_SECONDS;
    expect(verifyTimed(hmacMessage({ timestamp }))).not.toBeNull();
    for (const age of [300, -300]) expect(verifyTimed(hmacMessage({ timestamp: timestamp - age }))).not.toBeNull();
    for (const age of [301, -301]) expect(verifyTimed(hmacMessage({ timestamp: timestamp - age }))).toBeNull();
    expect(verifyTimed(hmacMessage())).toBeNull();
    expect(verifyTimed(withHeader(hmacMessage(), 'x-timestamp', String(timestamp)))).toBeNull();
    expect(verifyTimed(withHeader(hmacMessage({ timestamp }), 'x-timestamp', String(timestamp + 1)))).toBeNull();
    expect(verifyTimed(withHeader(hmacMessage({ timestamp }), 'x-timestamp', `${timestamp}.0`))).toBeNull();
  });
});
