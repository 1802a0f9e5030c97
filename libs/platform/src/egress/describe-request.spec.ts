import { describeRequest } from './describe-request.js';

describe('describeRequest', () => {
  it('shows where a request went and what it asked for', () => {
    const url =
      'https://api.example.com:8443/v1/items/0192f3a4-1b2c-7d3e-8f40-123456789abc?limit=10&q=caf%C3%A9&max_tokens=5#part';
    expect(describeRequest({ method: 'post', url, headers: { 'Content-Type': 'application/json' } })).toEqual({
      method: 'POST',
      url: url.replace('#part', ''),
      headers: { 'content-type': 'application/json' },
    });
  });

  it.each(
    'token access_token accessToken api_key apikey apiKey key X-Amz-Signature X-Amz-Credential X-Amz-Security-Token sig signature client_secret clientSecret password pwd auth code session_id refreshToken x%2Dapi%2Dkey TOKEN'.split(
      ' ',
    ),
  )('masks the query parameter %s', (name) => {
    expect(describeRequest({ url: `https://a.test/p?a=1&${name}=canary&b=2` }).url).toBe(
      `https://a.test/p?a=1&${name}=***&b=2`,
    );
  });

  it.each([
    'Authorization',
    'Cookie',
    'Set-Cookie',
    'Proxy-Authorization',
    'X-Api-Key',
    'api-key',
    'x-goog-api-key',
    'X-Auth-Token',
    'X-Hub-Signature-256',
    'Idempotency-Key',
    'x-clientsecret',
  ])('masks the header %s', (name) => {
    expect(
      JSON.stringify(describeRequest({ url: 'https://a.test/', headers: { [name]: 'canary value' } })),
    ).not.toContain('canary');
  });

  it('keeps the scheme of a credential, which tells how it was sent', () => {
    const { headers } = describeRequest({ url: 'https://a.test/', headers: { Authorization: 'Bearer canary' } });
    expect(headers.authorization).toBe('Bearer ***');
  });

  it('masks what looks like a secret wherever it stands', () => {
    expect(describeRequest({ url: 'https://user:canary@a.test/' }).url).toBe('https://***@a.test/');
    expect(describeRequest({ url: 'https://hooks.slack.com/services/T01/B02/aB3dE5fG7hI9jK1lM3nO5pQ7' }).url).toBe(
      'https://hooks.slack.com/services/T01/B02/***',
    );
    expect(describeRequest({ url: 'https://api.telegram.org/bot12345:abc/sendMessage' }).url).toBe(
      'https://api.telegram.org/***/sendMessage',
    );
    expect(describeRequest({ url: 'https://a.test/?x=sk-canary&sk-canary' }).url).toBe('https://a.test/?x=***&***');
    expect(describeRequest({ url: 'https://a.test/', headers: { 'x-thing': 'ghp_canary' } }).headers['x-thing']).toBe(
      '***',
    );
  });

  it('shows nothing of an address it cannot read', () => {
    expect(describeRequest({ url: 'https://user:canary@' }).url).toBe('(not a valid URL)');
    expect(describeRequest({ url: 'https://a.test/?%ZZtoken=canary' }).url).not.toContain('canary');
  });
});
