import { hostRuleOf, mayBeSentTo, normalHostRule, parseHostRule } from './host-rule.js';

describe('A host rule', () => {
  it.each([
    'api.example.com',
    '*.example.com',
    'api.example.com:8443',
    'http://127.0.0.1:8080',
    'http://localhost',
    '[::1]:9000',
  ])('is %s', (text) => {
    expect(normalHostRule(text)).toBe(text);
  });

  it.each([
    '',
    '*',
    '*.com',
    '*.127.0.0.1',
    'a.*.com',
    'user@example.com',
    'example.com/path',
    'ftp://example.com',
    'exa mple.com',
    'example.com:0',
    'example.com:99999999',
    '.example.com',
    'example.com?x',
    '{{ input.host }}',
  ])('is not %p', (text) => {
    expect(parseHostRule(text)).toBeNull();
  });

  it('is written in one way', () => {
    expect([' HTTPS://API.Example.com:443 ', 'http://x.example:80'].map(normalHostRule)).toEqual([
      'api.example.com',
      'http://x.example',
    ]);
    expect([hostRuleOf('https://api.example.com/v1'), hostRuleOf('http://127.0.0.1:8080/')]).toEqual([
      'api.example.com',
      'http://127.0.0.1:8080',
    ]);
    expect(['https://api.example.com./', 'http://localhost.:8080/'].map(hostRuleOf)).toEqual([
      'api.example.com',
      'http://localhost:8080',
    ]);
  });

  it('is none for a host that no rule can name, so that the credential is refused', () => {
    expect(parseHostRule(hostRuleOf('https://_internal.example.com/'))).toBeNull();
  });

  it.each([
    'https://api.example.com/v1?x=1',
    'https://API.example.com',
    'https://api.example.com:443/',
    'https://api.example.com./',
    // A backslash is a slash to whoever sends the request, too.
    'https://api.example.com\\@evil.example/',
    'https://a.b.wild.example/',
    'http://127.0.0.1:8080/x',
    'http://2130706433:8080/x',
  ])('lets a credential go to %s', (url) => {
    expect(mayBeSentTo(url, ['api.example.com', '*.wild.example', 'http://127.0.0.1:8080'])).toBe(true);
  });

  it.each([
    'https://example.com/',
    'https://api.example.com.evil.example/',
    'https://evil.example/api.example.com',
    'https://evil.example/?https://api.example.com',
    'https://evil.example#api.example.com',
    'https://api.example.com@evil.example/',
    'https://user:pass@api.example.com/',
    'http://api.example.com/',
    'https://api.example.com:8443/',
    'https://wild.example/',
    'https://notwild.example/',
    'https://xwild.example/',
    'http://127.0.0.1:8081/',
    'https://127.0.0.1:8080/',
    'ftp://api.example.com/',
    'javascript:alert(1)',
    'data:text/plain,api.example.com',
    '//api.example.com/',
    'api.example.com',
    '',
  ])('keeps a credential from %s', (url) => {
    expect(mayBeSentTo(url, ['api.example.com', '*.wild.example', 'http://127.0.0.1:8080'])).toBe(false);
  });
});
