import { assertUsableSecret, makeWebhookSecret } from './webhook-secret.js';
import { VERIFICATIONS } from './verification.js';

describe('The secret of a webhook', () => {
  it.each(VERIFICATIONS)('that we make for %s is usable and never the same', (verification) => {
    const secret = makeWebhookSecret(verification);
    expect(() => assertUsableSecret(verification, secret)).not.toThrow();
    expect(makeWebhookSecret(verification)).not.toBe(secret);
  });

  it.each([
    'whsec_',
    'whsec_c2hvcnQ=',
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_not base64 at all, but long enough to be',
  ])('that a Standard Webhooks sender gives is not %p', (secret) => {
    expect(() => assertUsableSecret('standard-webhooks', secret)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/secret' })] }),
    );
  });

  it('that any other sender gives has 16 characters or more', () => {
    expect(() => assertUsableSecret('hmac-sha256', 'x'.repeat(15))).toThrow();
    expect(() => assertUsableSecret('hmac-sha256', 'x'.repeat(16))).not.toThrow();
  });
});
