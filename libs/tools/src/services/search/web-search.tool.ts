import type { Tool, ToolArguments } from '../../tool.js';
import type { ToolEgress } from '../../tool-egress.js';
import { limit, serviceTools, text } from '../service-tool.js';
import type { SearchRequest } from './search-provider.js';
import { searchProviders } from './search-providers.js';

interface Args extends ToolArguments {
  readonly query: string;
  readonly limit?: number;
  readonly freshness?: SearchRequest['freshness'];
}

/** Searches the web where the chosen credential says: by key at Brave or Tavily, or at a SearXNG server of one's own. */
export function webSearchTools(egress: ToolEgress): readonly Tool[] {
  const providers = searchProviders(egress);
  return serviceTools({ kinds: Object.keys(providers), required: true }, [
    {
      name: 'web_search',
      description:
        'Searches the web and returns title, address and a few words of each result. Read a result with http_request.',
      effect: 'read',
      properties: {
        query: text('What to look for.', 400),
        limit: limit(20, 10),
        freshness: { type: 'string', enum: ['day', 'week', 'month', 'year'], description: 'No older than this.' },
      },
      required: ['query'],
      run: async (given, call) => {
        const { query, limit: wanted = 10, freshness = null } = given as Args;
        const provider = providers[call.credential.kind];
        if (provider === undefined) throw new Error(`The registry has let a ${call.credential.kind} through.`);
        return { results: await provider.search({ query, limit: wanted, freshness }, call) };
      },
    },
  ]);
}
