import { endpointUrl, isAtOrBelow, wellKnownUrl } from './oauth-urls.js';

describe('addresses that a server gives for signing in', () => {
  const secure = 'https://mcp.example.com/mcp';
  const plain = 'http://10.1.2.3:8080/mcp';

  it.each([
    ['https://auth.example.com/authorize?tenant=1', secure],
    ['https://auth.example.com/', plain],
    ['http://10.1.2.3/token', plain],
  ])('may be %s for %s', (url, server) => expect(endpointUrl(url, server)).toBe(url));

  it.each([
    ['javascript:alert(1)', secure],
    ['JAVASCRIPT://example.com/%0aalert(1)', secure],
    ['data:text/html,x', plain],
    ['file:///etc/passwd', plain],
    ['vbscript:x', plain],
    ['http://auth.example.com/authorize', secure],
    ['https://user:password@auth.example.com/', secure],
    ['https://auth.example.com/#x', secure],
    ['/authorize', secure],
    ['', secure],
    [`https://auth.example.com/${'x'.repeat(3_000)}`, secure],
    [undefined, secure],
    [['https://auth.example.com/'], secure],
  ])('may not be %s for %s', (url, server) => expect(endpointUrl(url, server)).toBeNull());

  it('are known to be about a server when it lies at or below them', () => {
    expect(isAtOrBelow(secure, secure)).toBe(true);
    expect(isAtOrBelow(secure, 'https://mcp.example.com')).toBe(true);
    expect(isAtOrBelow('https://mcp.example.com/mcp/a', 'https://mcp.example.com/mcp/')).toBe(true);
    for (const other of ['https://mcp.example.com/m', 'https://example.com/mcp', 'http://mcp.example.com/mcp', 'mcp']) {
      expect(isAtOrBelow(secure, other)).toBe(false);
    }
  });

  it('have their documents between origin and path', () => {
    expect(wellKnownUrl('x', 'https://a.example.com:8443/one/two/?q=1')).toBe(
      'https://a.example.com:8443/.well-known/x/one/two',
    );
    expect(wellKnownUrl('x', 'https://a.example.com')).toBe('https://a.example.com/.well-known/x');
  });
});
