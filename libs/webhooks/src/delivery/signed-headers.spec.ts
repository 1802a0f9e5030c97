import { Webhook } from 'standardwebhooks';
import { signedHeaders } from './signed-headers.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const EARLIER = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const STRANGE = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const BODY = '{"type":"execution.succeeded","data":{"output":"Grüße 🔑"}}';

const sign = (secrets: string[], sentAt = new Date()): Record<string, string> =>
  signedHeaders('018f0000-0000-7000-8000-000000000001', sentAt, BODY, secrets);

describe('A signed message', () => {
  it('verifies with the official library', () => {
    expect(new Webhook(SECRET).verify(BODY, sign([SECRET]))).toEqual(JSON.parse(BODY));
  });

  it('verifies with the new secret and with the one before, and with no other', () => {
    const headers = sign([SECRET, EARLIER]);
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(2);
    for (const secret of [SECRET, EARLIER]) expect(() => new Webhook(secret).verify(BODY, headers)).not.toThrow();
    expect(() => new Webhook(STRANGE).verify(BODY, headers)).toThrow();
  });

  it('does not verify with one byte flipped, wherever', () => {
    const [headers, bytes] = [sign([SECRET]), Buffer.from(BODY)];
    for (const index of bytes.keys()) {
      const flipped = Buffer.from(bytes);
      flipped[index]! ^= 1;
      expect(() => new Webhook(SECRET).verify(flipped, headers, { jsonParse: false })).toThrow();
    }
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'])('does not verify with another %s', (name) => {
    const headers = sign([SECRET]);
    headers[name] = headers[name]!.replace(/\w(?=\W*$)/, (last) => (last === '1' ? '2' : '1'));
    expect(() => new Webhook(SECRET).verify(BODY, headers)).toThrow();
  });

  it('does not verify when it is older than five minutes: it cannot be played again', () => {
    expect(() => new Webhook(SECRET).verify(BODY, sign([SECRET], new Date(Date.now() - 301_000)))).toThrow();
  });
});
