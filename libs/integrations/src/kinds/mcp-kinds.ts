import { hostRuleOf } from '../hosts/host-rule.js';
import type { CredentialKind } from './credential-kind.js';
import { bearer, secret, text } from './fields.js';

/** For remote MCP servers. Those that take a fixed token are content with a bearer token or a header. */
export const MCP_KINDS: readonly CredentialKind[] = [
  {
    kind: 'mcp-oauth',
    title: 'MCP server with sign-in',
    description: 'A sign-in at a remote MCP server that says itself where people sign in (OAuth 2.1).',
    group: 'apps',
    fields: [
      {
        name: 'serverUrl',
        title: 'Server URL',
        type: 'url',
        required: true,
        binds: true,
        placeholder: 'https://mcp.example.com/mcp',
        description: 'The address of the MCP server, as the tool set has it.',
      },
      text('clientId', 'Client ID', {
        required: false,
        binds: true,
        description: 'Only for servers that do not let clients register by themselves.',
      }),
      secret('clientSecret', 'Client secret', { required: false }),
      text('scope', 'Scopes', {
        required: false,
        description: 'Separated by blanks. Empty: what the server asks for.',
      }),
    ],
    hosts: ({ serverUrl = '' }) => (URL.canParse(serverUrl) ? [hostRuleOf(serverUrl)] : []),
    headers: (_values, accessToken) => bearer(accessToken),
    protectedServer: ({ serverUrl, clientId = null, clientSecret = null, scope = null }) =>
      serverUrl ? { url: serverUrl, clientId, clientSecret, scope } : null,
  },
];
