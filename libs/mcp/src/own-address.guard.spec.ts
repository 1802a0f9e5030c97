import type { PublicAddress } from '#auth';
import type { ExecutionContext } from '@nestjs/common';
import type { Settings } from '#platform/config';
import { OwnAddressGuard } from './own-address.guard.js';

const guard = new OwnAddressGuard(
  { link: (path: string) => `https://flow.example.com${path}` } as PublicAddress,
  { http: { corsOrigins: ['https://tools.example.org'] } } as unknown as Settings,
);

function ask(headers: Record<string, string>): boolean {
  return guard.canActivate({
    switchToHttp: () => ({ getRequest: () => ({ headers }) }),
  } as unknown as ExecutionContext);
}

describe('The address of a request', () => {
  it.each([
    '127.0.0.1:3000',
    '[::1]:3000',
    'localhost',
    'localhost:3000',
    'agentflow:3000',
    '10.1.2.3',
    'flow.example.com',
  ])('may name the server as %s', (host) => {
    expect(ask({ host })).toBe(true);
  });

  it.each(['evil.example.com', 'evil.example.com:3000', 'flow.example.com.evil.org', '', 'a b', '127.0.0.1.nip.io'])(
    'may not name it as "%s"',
    (host) => {
      expect(() => ask({ host })).toThrow(expect.objectContaining({ code: 'mcp.foreign_host', kind: 'forbidden' }));
    },
  );

  it('must be there', () => {
    expect(() => ask({})).toThrow(expect.objectContaining({ code: 'mcp.foreign_host' }));
  });

  it.each([
    ['flow.example.com', 'https://flow.example.com'],
    ['127.0.0.1:3000', 'https://flow.example.com'],
    ['127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['localhost:3000', 'https://tools.example.org'],
  ])('%s may be asked for by pages of %s', (host, origin) => {
    expect(ask({ host, origin })).toBe(true);
  });

  it.each(['http://evil.example.com', 'http://127.0.0.1:3001', 'https://tools.example.org.evil.com', 'null', ''])(
    'may not be asked for by pages of "%s"',
    (origin) => {
      expect(() => ask({ host: '127.0.0.1:3000', origin })).toThrow(
        expect.objectContaining({ code: 'mcp.foreign_origin', kind: 'forbidden' }),
      );
    },
  );
});
