import { openService } from '../../testing/open-service.js';

const service = openService();

describe('web_search', () => {
  const result = { title: 'One', url: 'https://one.example/', snippet: 'first', publishedAt: null };

  it.each<[string, string, unknown, (seen: { url: string; body: string }) => unknown]>([
    [
      'brave-search',
      'GET /res/v1/web/search',
      {
        web: {
          results: [{ title: 'One', url: 'https://one.example/', description: 'first' }, { url: 'javascript:x' }],
        },
      },
      ({ url }) => Object.fromEntries(new URL(url, service.server.url).searchParams),
    ],
    [
      'tavily',
      'POST /search',
      { results: [{ title: 'One', url: 'https://one.example/', content: 'first' }] },
      ({ body }) => JSON.parse(body) as unknown,
    ],
    [
      'searxng',
      'GET /search',
      { results: [{ title: 'One', url: 'https://one.example/', content: 'first' }] },
      ({ url }) => Object.fromEntries(new URL(url, service.server.url).searchParams),
    ],
  ])('asks %s', async (kind, route, body, asked) => {
    service.server.reset({ [route]: { body } });
    const args = { query: 'agents', limit: 3, freshness: 'week' };
    expect(await service.server.run('web_search', args, { kind })).toEqual({ results: [result] });
    expect(asked(service.server.seen[0]!)).toEqual(
      {
        'brave-search': { q: 'agents', count: '3', freshness: 'pw' },
        tavily: { query: 'agents', max_results: 3, time_range: 'week' },
        searxng: { q: 'agents', format: 'json', time_range: 'week' },
      }[kind],
    );
  });

  it.each(['null', '[]', '{"results":"none"}', '{"web":7}', '{"results":[null,7]}'])(
    'finds nothing in %s',
    async (body) => {
      service.server.reset({ 'GET /search': { body, headers: { 'content-type': 'application/json' } } });
      expect(await service.server.run('web_search', { query: 'x' }, { kind: 'searxng' })).toEqual({ results: [] });
    },
  );
});
