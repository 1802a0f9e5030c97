import type { CredentialKind, FieldValues } from './credential-kind.js';
import { baseUrl, baseUrlOf, bearer, hostOfBaseUrl, oauthClient, secret, text } from './fields.js';

export const SLACK_URL = 'https://slack.com/api';
export const GITHUB_URL = 'https://api.github.com';
export const GMAIL_URL = 'https://gmail.googleapis.com';

/** A token, or the client by which people sign in. */
const tokenOrClient = ({ token, clientId }: FieldValues): string | null =>
  token || clientId ? null : 'Enter a token, or client ID and client secret in order to sign in.';

const SLACK_SCOPE = 'channels:history,channels:read,chat:write,reactions:write,users:read';

/** Services that there are tools for. */
export const APP_KINDS: readonly CredentialKind[] = [
  {
    kind: 'slack',
    title: 'Slack',
    description: 'A bot token, or a sign-in with a Slack app of your own.',
    group: 'apps',
    fields: [
      secret('token', 'Bot token', { required: false, placeholder: 'xoxb-…' }),
      ...oauthClient(false),
      baseUrl(SLACK_URL),
    ],
    hosts: (values) => hostOfBaseUrl(values, SLACK_URL),
    check: tokenOrClient,
    headers: ({ token }, accessToken) => bearer(accessToken ?? token),
    test: (values) => ({
      method: 'POST',
      url: `${baseUrlOf(values, SLACK_URL)}/auth.test`,
      refusal: (body) => {
        const { ok, error } = (body ?? {}) as { ok?: unknown; error?: unknown };
        if (ok === true) return null;
        return typeof error === 'string' ? error : 'no answer of Slack';
      },
    }),
    oauth: ({ clientId, clientSecret = null }) =>
      clientId
        ? {
            authorizationUrl: 'https://slack.com/oauth/v2/authorize',
            tokenUrl: 'https://slack.com/api/oauth.v2.access',
            clientId,
            clientSecret,
            scope: SLACK_SCOPE,
          }
        : null,
  },
  {
    kind: 'github',
    title: 'GitHub',
    description: 'A fine-grained personal access token, or a sign-in with a GitHub app of your own.',
    group: 'apps',
    fields: [
      secret('token', 'Access token', { required: false, placeholder: 'github_pat_…' }),
      ...oauthClient(false),
      baseUrl(GITHUB_URL),
    ],
    hosts: (values) => hostOfBaseUrl(values, GITHUB_URL),
    check: tokenOrClient,
    headers: ({ token }, accessToken) => ({
      ...bearer(accessToken ?? token),
      'x-github-api-version': '2022-11-28',
    }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, GITHUB_URL)}/user` }),
    oauth: ({ clientId, clientSecret = null }) =>
      clientId
        ? {
            authorizationUrl: 'https://github.com/login/oauth/authorize',
            tokenUrl: 'https://github.com/login/oauth/access_token',
            clientId,
            clientSecret,
            scope: 'repo',
          }
        : null,
  },
  {
    kind: 'jira',
    title: 'Jira',
    description: 'The e-mail address and API token of an account of Jira Cloud.',
    group: 'apps',
    fields: [
      baseUrl(null, { title: 'Address of the site', placeholder: 'https://example.atlassian.net' }),
      text('email', 'E-mail address'),
      secret('apiToken', 'API token'),
    ],
    hosts: (values) => hostOfBaseUrl(values),
    headers: ({ email = '', apiToken = '' }) => ({
      authorization: `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`,
    }),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values)}/rest/api/3/myself` }),
  },
  {
    kind: 'gmail',
    title: 'Gmail',
    description: 'A sign-in with a Google Cloud OAuth client of your own.',
    group: 'apps',
    fields: [...oauthClient(true), baseUrl(GMAIL_URL)],
    hosts: (values) => hostOfBaseUrl(values, GMAIL_URL),
    headers: (_values, accessToken) => bearer(accessToken),
    test: (values) => ({ method: 'GET', url: `${baseUrlOf(values, GMAIL_URL)}/gmail/v1/users/me/profile` }),
    oauth: ({ clientId = '', clientSecret = null }) => ({
      authorizationUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
      tokenUrl: 'https://oauth2.googleapis.com/token',
      clientId,
      clientSecret,
      scope: 'https://www.googleapis.com/auth/gmail.modify',
      more: { access_type: 'offline', prompt: 'consent' },
    }),
  },
];
