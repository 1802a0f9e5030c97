import { describe, expect, it } from 'vitest';
import { signedCurl } from './signed-curl';

const webhook = { url: 'https://a.example/hooks/x', signatureHeader: null, timestampHeader: null };

describe('the command that calls a webhook', () => {
  it('signs id, time and body by Standard Webhooks', () => {
    const command = signedCurl({ ...webhook, verification: 'standard-webhooks' }, 'whsec_c2VjcmV0');
    expect(command).toContain(`SECRET='whsec_c2VjcmV0'`);
    expect(command).toContain('"$ID.$TIME.$BODY"');
    expect(command).toContain('webhook-signature: v1,$SIGNATURE');
    expect(command).toContain('curl https://a.example/hooks/x');
  });

  it('signs the body, and the time where the webhook wants one', () => {
    const plain = signedCurl(
      { ...webhook, verification: 'hmac-sha256', signatureHeader: 'x-signature-256' },
      `it's a secret`,
    );
    expect(plain).toContain(String.raw`SECRET='it'\''s a secret'`);
    expect(plain).toContain('x-signature-256: sha256=$SIGNATURE');
    expect(plain).not.toContain('TIME');
    const timed = signedCurl(
      { ...webhook, verification: 'hmac-sha256', signatureHeader: 'x-signature-256', timestampHeader: 'x-time' },
      'secret',
    );
    expect(timed).toContain('"$TIME.$BODY"');
    expect(timed).toContain('x-time: $TIME');
  });
});
