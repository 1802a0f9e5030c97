/** Real: the database, the domain, the egress door, and a protected server with its authorization server behind it. */
import { newId } from '#platform/ids';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { CredentialVault } from '../credential-vault.js';
import { CredentialResponse } from '../dto/credential-response.dto.js';
import { IntegrationsReadModel } from '../integrations.read-model.js';
import { IntegrationsService } from '../integrations.service.js';
import { IntegrationsTestProcess, type TestMember } from '../testing/integrations-test-process.js';
import { OAuthServer } from '../testing/oauth-server.js';
import { OAuthSignIn } from './oauth-sign-in.service.js';

const RETURN = 'https://agentflow.example.org/credentials/connected';

let testDatabase: TestDatabase;
let one: IntegrationsTestProcess;
let server: OAuthServer;
let ada: TestMember;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  one = await IntegrationsTestProcess.start(testDatabase);
});

afterAll(async () => {
  await one.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  server = await OAuthServer.start();
  server.challenge = `Bearer realm="mcp", resource_metadata="${server.url}/about", scope="tools:read tools:call"`;
  server.documents = { '/about': about(), '/.well-known/oauth-authorization-server/login': metadata() };
  ada = await one.newMember();
});

afterEach(() => server.close());

const about = (rest: object = {}): object => ({
  resource: `${server.url}/mcp`,
  authorization_servers: [`${server.url}/login`],
  scopes_supported: ['everything'],
  ...rest,
});
const metadata = (rest: object = {}): object => ({
  issuer: `${server.url}/login`,
  authorization_endpoint: `${server.url}/authorize`,
  token_endpoint: `${server.url}/token`,
  registration_endpoint: `${server.url}/register`,
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
  ...rest,
});

const newCredential = (fields: Record<string, string> = {}): Promise<string> =>
  ada.as(async () => {
    const { id } = await one.get(IntegrationsService).create({
      kind: 'mcp-oauth',
      name: newId(),
      fields: { serverUrl: `${server.url}/mcp`, ...fields },
    });
    return id;
  });
const begin = (id: string): Promise<string> => ada.as(() => one.get(OAuthSignIn).begin(id));
const complete = (answer: { code: string; state: string }): Promise<string> =>
  ada.as(() => one.get(OAuthSignIn).complete(answer));
const token = (id: string, url = `${server.url}/mcp`): Promise<string | undefined> =>
  ada.as(
    async () =>
      (await one.get(CredentialVault).headersFor({ credentialId: id, url, usedBy: 'A test' }))['authorization'],
  );
const refusal = async (): Promise<unknown> => begin(await newCredential()).catch((error: unknown) => error);

describe('signing in at a server that says itself where', () => {
  it('finds the endpoints, registers a client without a secret, and asks for tokens for that server alone', async () => {
    const id = await newCredential();
    await expect(token(id)).rejects.toMatchObject({ code: 'credential.not_connected' });
    const url = new URL(await begin(id));
    expect(`${url.origin}${url.pathname}`).toBe(`${server.url}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'registered-1',
      redirect_uri: RETURN,
      scope: 'tools:read tools:call',
      resource: `${server.url}/mcp`,
      code_challenge_method: 'S256',
    });
    expect(server.registrations).toMatchObject([
      { client_name: 'AgentFlow', redirect_uris: [RETURN], token_endpoint_auth_method: 'none' },
    ]);
    expect(await complete(server.approve(url.href))).toBe(id);
    expect(server.forms).toMatchObject([{ client_id: 'registered-1', resource: `${server.url}/mcp` }]);
    expect(server.forms[0]).not.toHaveProperty('client_secret');
    expect(await token(id)).toMatch(/^Bearer access-canary-/);
    const shown = await ada.as(async () => CredentialResponse.from(await one.get(IntegrationsReadModel).get(id)));
    expect(shown.signIn?.connected).toBe(true);
    expect(JSON.stringify(shown)).not.toContain('canary');
  });

  it('sends the token nowhere but to that server', async () => {
    const id = await newCredential();
    await complete(server.approve(await begin(id)));
    await expect(token(id, 'https://elsewhere.example.com/mcp')).rejects.toMatchObject({
      code: 'credential.host_not_allowed',
    });
  });

  it('renews tokens where it got them, and again after that', async () => {
    const id = await newCredential();
    await complete(server.approve(await begin(id)));
    const tokens = [await token(id)];
    for (let times = 0; times < 2; times++) {
      await one.query(`UPDATE integration SET tokens_expire_at = now() WHERE id = $1`, [id]);
      tokens.push(await token(id));
    }
    expect(new Set(tokens).size).toBe(3);
    expect(server.refreshes).toBe(2);
    expect(server.forms.at(-1)).toMatchObject({ grant_type: 'refresh_token', resource: `${server.url}/mcp` });
  });

  it.each([
    [['client_secret_post'], 'client_secret_post'],
    [['client_secret_basic'], 'client_secret_basic'],
    [undefined, 'client_secret_basic'],
  ])('says who it is as the server wants it: %j', async (methods, registered) => {
    server.documents['/.well-known/oauth-authorization-server/login'] = metadata({
      token_endpoint_auth_methods_supported: methods,
    });
    const id = await newCredential();
    await complete(server.approve(await begin(id)));
    expect(server.registrations[0]?.['token_endpoint_auth_method']).toBe(registered);
    expect('client_secret' in (server.forms[0] ?? {})).toBe(registered === 'client_secret_post');
    const [row] = await one.query<object>('SELECT * FROM integration WHERE id = $1', [id]);
    expect(JSON.stringify(row)).not.toContain('canary');
  });

  it('uses a client and scopes that people have entered, and registers none', async () => {
    const id = await newCredential({ clientId: server.client.id, clientSecret: server.client.secret, scope: 'mine' });
    const url = new URL(await begin(id));
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ client_id: server.client.id, scope: 'mine' });
    await complete(server.approve(url.href));
    expect(await token(id)).toMatch(/^Bearer/);
    expect(server.registrations).toEqual([]);
  });

  it('finds the documents at their well-known places when the server does not name them', async () => {
    server.challenge = 'Bearer';
    server.documents = {
      '/.well-known/oauth-protected-resource/mcp': about(),
      '/login/.well-known/openid-configuration': metadata(),
    };
    expect(new URL(await begin(await newCredential())).searchParams.get('scope')).toBe('everything');
    server.documents = { '/.well-known/oauth-authorization-server': metadata({ issuer: server.url }) };
    expect(await begin(await newCredential())).toContain('/authorize?');
  });

  it('is over when the credential is pointed at another server before it comes back', async () => {
    const id = await newCredential();
    const answer = server.approve(await begin(id));
    await ada.as(() =>
      one.get(IntegrationsService).update(id, { fields: { serverUrl: 'https://other.example.com/mcp' } }),
    );
    await expect(complete(answer)).rejects.toMatchObject({ code: 'oauth.state_invalid' });
    await expect(token(id, 'https://other.example.com/mcp')).rejects.toMatchObject({
      code: 'credential.not_connected',
    });
  });
});

describe('a server that says something wrong about signing in', () => {
  const none = { code: 'oauth.no_discovery' };

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'https://a:b@example.com/', 5, undefined])(
    'is refused with %j as the address of an endpoint',
    async (address) => {
      const at = '/.well-known/oauth-authorization-server/login';
      for (const name of ['authorization_endpoint', 'token_endpoint']) {
        server.documents[at] = metadata({ [name]: address });
        expect(await refusal()).toMatchObject(none);
      }
    },
  );

  it.each<[string, () => void]>([
    ['no documents', () => (server.documents = {})],
    ['another resource', () => (server.documents['/about'] = about({ resource: 'https://bank.example.com/' }))],
    [
      'an authorization server that is no address',
      () => (server.documents['/about'] = about({ authorization_servers: ['javascript:x'] })),
    ],
    [
      'an authorization server that is another one',
      () =>
        (server.documents['/.well-known/oauth-authorization-server/login'] = metadata({
          issuer: 'https://bank.example.com',
        })),
    ],
    [
      'no PKCE',
      () =>
        (server.documents['/.well-known/oauth-authorization-server/login'] = metadata({
          code_challenge_methods_supported: ['plain'],
        })),
    ],
    [
      'no registration, without a client ID',
      () =>
        (server.documents['/.well-known/oauth-authorization-server/login'] = metadata({
          registration_endpoint: undefined,
        })),
    ],
  ])('is refused with %s', async (_what, arrange) => {
    arrange();
    expect(await refusal()).toMatchObject(none);
  });

  it.each(['http://169.254.169.254/meta', 'http://10.0.0.1/meta'])('does not make us ask %s', async (address) => {
    server.challenge = `Bearer resource_metadata="${address}"`;
    expect(await refusal()).toMatchObject({ code: 'egress.blocked' });
    server.challenge = 'Bearer';
    server.documents = { '/.well-known/oauth-protected-resource/mcp': about({ authorization_servers: [address] }) };
    expect(await refusal()).toMatchObject({ code: 'egress.blocked' });
  });
});
