import type { CredentialKind } from './credential-kind.js';
import { bearer, secret, text } from './fields.js';

/** Headers that belong to the connection or decide where a request goes. */
const RESERVED_HEADERS =
  /^(host|connection|content-length|content-type|expect|keep-alive|te|trailer|transfer-encoding|upgrade|cookie2|proxy-.*|sec-.*)$/i;

/** For web services of any sort: people say which hosts may be told. */
export const WEB_KINDS: readonly CredentialKind[] = [
  {
    kind: 'http-bearer',
    title: 'Bearer token',
    description: 'Sent as Authorization: Bearer to the hosts that you allow.',
    group: 'web',
    fields: [secret('token', 'Token')],
    hosts: () => [],
    headers: ({ token }) => bearer(token),
  },
  {
    kind: 'http-basic',
    title: 'User name and password',
    description: 'Sent as Authorization: Basic to the hosts that you allow.',
    group: 'web',
    fields: [text('username', 'User name'), secret('password', 'Password', { unicode: true })],
    hosts: () => [],
    check: ({ username = '' }) => (username.includes(':') ? 'A user name for Basic must not contain a colon.' : null),
    headers: ({ username = '', password = '' }) => ({
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    }),
  },
  {
    kind: 'http-header',
    title: 'Header with a key',
    description: 'A header of any name, sent to the hosts that you allow.',
    group: 'web',
    fields: [text('header', 'Name of the header', { placeholder: 'X-Api-Key' }), secret('value', 'Value')],
    hosts: () => [],
    check: ({ header = '' }) => {
      if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(header)) return 'The name of a header is letters, digits and dashes.';
      return RESERVED_HEADERS.test(header) ? `The header ${header} is not a credential’s to set.` : null;
    },
    headers: ({ header = '', value = '' }) => ({ [header.toLowerCase()]: value }),
  },
  {
    kind: 'standard-webhooks',
    title: 'Webhook signing secret',
    description: 'Signs messages of the tool webhook by the Standard Webhooks specification; itself it is never sent.',
    group: 'web',
    fields: [secret('secret', 'Secret', { placeholder: 'whsec_…' })],
    hosts: () => [],
  },
  {
    kind: 'oauth2',
    title: 'OAuth 2',
    description: 'Any service that lets people sign in by OAuth 2 (authorization code).',
    group: 'web',
    fields: [
      { name: 'authorizationUrl', title: 'Authorization URL', type: 'url', required: true, binds: true },
      { name: 'tokenUrl', title: 'Token URL', type: 'url', required: true, binds: true },
      text('clientId', 'Client ID', { binds: true }),
      secret('clientSecret', 'Client secret', { required: false }),
      text('scope', 'Scopes', { required: false, description: 'Separated by blanks.' }),
    ],
    hosts: () => [],
    headers: (_values, accessToken) => bearer(accessToken),
    oauth: ({ authorizationUrl = '', tokenUrl = '', clientId = '', clientSecret = null, scope = '' }) => ({
      authorizationUrl,
      tokenUrl,
      clientId,
      clientSecret,
      scope,
    }),
  },
];
