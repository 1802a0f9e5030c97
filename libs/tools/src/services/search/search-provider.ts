import type { ServiceCall } from '../service-tool.js';

export interface SearchRequest {
  readonly query: string;
  /** Results wanted, 1 to 20. */
  readonly limit: number;
  readonly freshness: 'day' | 'week' | 'month' | 'year' | null;
}

export interface SearchResult {
  readonly title: string;
  readonly url: string;
  readonly snippet: string;
  /** As the provider writes it; null when it does not say. */
  readonly publishedAt: string | null;
}

/** A place where the web can be searched. */
export interface SearchProvider {
  search(request: SearchRequest, call: ServiceCall): Promise<readonly SearchResult[]>;
}
