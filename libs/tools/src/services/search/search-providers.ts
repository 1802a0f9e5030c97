import type { ToolEgress } from '../../tool-egress.js';
import { RestService } from '../rest-service.js';
import type { ServiceCall } from '../service-tool.js';
import type { SearchProvider, SearchResult } from './search-provider.js';

const BRAVE = 'https://api.search.brave.com';
const TAVILY = 'https://api.tavily.com';

/** By kind of credential. */
export function searchProviders(egress: ToolEgress): Readonly<Record<string, SearchProvider>> {
  const service = (name: string, preset: string, call: ServiceCall): RestService =>
    new RestService(egress, call.credential, {
      name,
      baseUrl: call.credential.fields['baseUrl'] ?? preset,
      saidIn,
    });
  return {
    'brave-search': {
      search: async ({ query, limit, freshness }, call) => {
        const found = (await service('Brave Search', BRAVE, call).ask(
          {
            path: '/res/v1/web/search',
            query: { q: query, count: limit, freshness: freshness === null ? undefined : `p${freshness[0]}` },
          },
          call,
        )) as { web?: { results?: Found[] } } | undefined;
        return results(found?.web?.results, ({ description, age }) => [description, age]);
      },
    },
    tavily: {
      search: async ({ query, limit, freshness }, call) => {
        const body = { query, max_results: limit, ...(freshness !== null && { time_range: freshness }) };
        const found = (await service('Tavily', TAVILY, call).ask(
          { method: 'POST', path: '/search', body, reads: true },
          call,
        )) as { results?: Found[] } | undefined;
        return results(found?.results, ({ content, published_date: at }) => [content, at]);
      },
    },
    searxng: {
      search: async ({ query, limit, freshness }, call) => {
        const found = (await service('SearXNG', '', call).ask(
          { path: '/search', query: { q: query, format: 'json', time_range: freshness ?? undefined } },
          call,
        )) as { results?: Found[] } | undefined;
        return results(found?.results, ({ content, publishedDate }) => [content, publishedDate]).slice(0, limit);
      },
    },
  };
}

type Found = Readonly<Record<string, unknown>>;

const MAX_SNIPPET = 2_000;

/** What can be made of a list of a stranger's; entries without an address of the web are left out. */
function results(found: unknown, detailsOf: (each: Found) => readonly [unknown, unknown]): SearchResult[] {
  if (!Array.isArray(found)) return [];
  return (found as unknown[]).flatMap((each): SearchResult[] => {
    if (typeof each !== 'object' || each === null) return [];
    const { title, url } = each as Found;
    if (typeof url !== 'string' || !/^https?:\/\//i.test(url)) return [];
    const [snippet, publishedAt] = detailsOf(each as Found);
    return [{ title: said(title), url, snippet: said(snippet), publishedAt: said(publishedAt) || null }];
  });
}

const said = (value: unknown): string => (typeof value === 'string' ? value.slice(0, MAX_SNIPPET) : '');

function saidIn(body: unknown): string {
  const { message, detail, error } = (body ?? {}) as Found;
  const nested = [detail, error].map((each) => (typeof each === 'object' && each !== null ? (each as Found) : {}));
  const words = [message, detail, error, ...nested.flatMap((each) => [each['error'], each['detail'], each['message']])];
  return words.find((each): each is string => typeof each === 'string') ?? '';
}
