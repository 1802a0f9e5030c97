import type { CredentialKind, FieldValues } from './credential-kind.js';
import { baseUrl, baseUrlOf, bearer, hostOfBaseUrl, secret, text } from './fields.js';

const BRAVE = 'https://api.search.brave.com';
const TAVILY = 'https://api.tavily.com';

/** Where web searches are asked. */
export const SEARCH_KINDS: readonly CredentialKind[] = [
  {
    kind: 'brave-search',
    title: 'Brave Search',
    description: 'API key of Brave Search, for the tool web_search.',
    group: 'search',
    fields: [secret('apiKey', 'API key'), baseUrl(BRAVE)],
    hosts: (values) => hostOfBaseUrl(values, BRAVE),
    headers: ({ apiKey = '' }) => ({ 'x-subscription-token': apiKey }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, BRAVE)}/res/v1/web/search?q=test&count=1` }),
  },
  {
    kind: 'tavily',
    title: 'Tavily',
    description: 'API key of Tavily, for the tool web_search.',
    group: 'search',
    fields: [secret('apiKey', 'API key', { placeholder: 'tvly-…' }), baseUrl(TAVILY)],
    hosts: (values) => hostOfBaseUrl(values, TAVILY),
    headers: ({ apiKey }) => bearer(apiKey),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, TAVILY)}/usage` }),
  },
  {
    kind: 'searxng',
    title: 'SearXNG',
    description: 'A SearXNG server of your own, for the tool web_search. Its JSON format must be switched on.',
    group: 'search',
    fields: [baseUrl(null, { placeholder: 'https://search.example.com' })],
    hosts: (values) => hostOfBaseUrl(values),
    headers: () => ({}),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values)}/search?q=test&format=json` }),
  },
];

const databaseFields = (port: string): CredentialKind['fields'] => [
  text('host', 'Host', { binds: true, placeholder: 'db.example.com' }),
  { name: 'port', title: 'Port', type: 'number', required: false, binds: true, placeholder: port },
  text('database', 'Database'),
  text('user', 'User', { description: 'A user that may only read: it is the last lock.' }),
  secret('password', 'Password', { unicode: true }),
  text('tls', 'TLS', {
    required: false,
    placeholder: 'verify',
    description: 'verify (the certificate must be right), require (encrypted only) or off.',
    binds: true,
  }),
];

const databaseHosts =
  (preset: string) =>
  ({ host, port = preset }: FieldValues): readonly string[] =>
    host ? [`${host.toLowerCase()}:${port}`] : [];

const checkTls = ({ tls = 'verify' }: FieldValues): string | null =>
  ['verify', 'require', 'off'].includes(tls) ? null : 'TLS is verify, require or off.';

/** Connections of the tool `database_query`. */
export const DATABASE_KINDS: readonly CredentialKind[] = [
  {
    kind: 'postgres',
    title: 'Postgres',
    description: 'A database that agents may read, for the tool database_query.',
    group: 'databases',
    fields: databaseFields('5432'),
    hosts: databaseHosts('5432'),
    check: checkTls,
  },
  {
    kind: 'mariadb',
    title: 'MariaDB or MySQL',
    description: 'A database that agents may read, for the tool database_query.',
    group: 'databases',
    fields: databaseFields('3306'),
    hosts: databaseHosts('3306'),
    check: checkTls,
  },
];
