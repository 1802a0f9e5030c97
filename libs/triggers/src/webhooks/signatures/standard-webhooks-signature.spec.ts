import {
  flippedBodies,
  type message,
  STANDARD_SECRET,
  standardMessage,
  withHeader,
} from '../../testing/signed-message.js';
import { makeWebhookSecret } from '../webhook-secret.js';
import { verifyStandardWebhook } from './standard-webhooks-signature.js';

const verify = (signed: ReturnType<typeof message>): string | null => verifyStandardWebhook(STANDARD_SECRET, signed);
const signature = (signed: ReturnType<typeof message>): string => signed.headers['webhook-signature']?.[0] ?? '';

describe('A Standard Webhooks message', () => {
  it.each(['{"text":"Hello"}', '', '[]', '{"ü":"🔑"}', ' {"a" : 1 } ', '\uFEFF{}'])(
    'that the official library signed proves its sender: %p',
    (body) => {
      expect(verify(standardMessage({ body }))).toBe('msg_1');
    },
  );

  it('works with the secrets that we make', () => {
    const secret = makeWebhookSecret('standard-webhooks');
    expect(verifyStandardWebhook(secret, standardMessage({ secret }))).toBe('msg_1');
    expect(verify(standardMessage({ secret }))).toBeNull();
  });

  it('proves nothing once any byte of its body has changed', () => {
    for (const changed of flippedBodies(standardMessage({ body: '{"text":"Hällo"}' })))
      expect(verify(changed)).toBeNull();
    expect(verify({ ...standardMessage(), body: Buffer.from('{ "text": "Hello" }') })).toBeNull();
  });

  it('proves nothing once any character of id, time or signature has changed', () => {
    const signed = standardMessage();
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      const value = signed.headers[name]?.[0] ?? '';
      for (let index = 0; index < value.length; index += 1) {
        const changed = `${value.slice(0, index)}${value[index] === '1' ? '2' : '1'}${value.slice(index + 1)}`;
        expect([name, index, verify(withHeader(signed, name, changed))]).toEqual([name, index, null]);
        expect(verify(withHeader(signed, name, value.slice(0, index)))).toBeNull();
      }
      expect(verify(withHeader(signed, name, null))).toBeNull();
      expect(verify(withHeader(signed, name, ''))).toBeNull();
      expect(verify(withHeader(signed, name, [value, value]))).toBeNull();
    }
  });

  it('is good for five minutes before and after its time', () => {
    for (const ageSeconds of [298, -298]) expect(verify(standardMessage({ ageSeconds }))).toBe('msg_1');
    for (const ageSeconds of [302, -303, 86_400]) expect(verify(standardMessage({ ageSeconds }))).toBeNull();
  });

  it('may carry several signatures, of which one is right', () => {
    const signed = standardMessage();
    const other = signature(standardMessage({ secret: makeWebhookSecret('standard-webhooks') }));
    expect(verify(withHeader(signed, 'webhook-signature', `${other} ${signature(signed)}`))).toBe('msg_1');
    expect(verify(withHeader(signed, 'webhook-signature', `${other} ${other}`))).toBeNull();
    expect(verify(withHeader(signed, 'webhook-signature', signature(signed).replace('v1', 'v2')))).toBeNull();
    expect(verify(withHeader(signed, 'webhook-signature', 'v1'))).toBeNull();
  });

  it('has a time of digits only and an id without full stops, so that one signature fits one message', () => {
    const signed = standardMessage({ id: 'a.1', body: '2.{}' });
    expect(verify(signed)).toBeNull();
    const time = standardMessage().headers['webhook-timestamp']?.[0] ?? '';
    expect(verify(withHeader(standardMessage(), 'webhook-timestamp', `${time}.5`))).toBeNull();
    expect(verify(withHeader(standardMessage(), 'webhook-timestamp', ` ${time}`))).toBeNull();
  });

  it('is text: bytes that are none cannot pass for each other', () => {
    const signed = standardMessage({ body: '\uFFFD' });
    expect(verify(signed)).toBe('msg_1');
    expect(verify({ ...signed, body: Buffer.from([0x80]) })).toBeNull();
  });
});
