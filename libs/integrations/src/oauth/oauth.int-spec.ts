/** Real: the database, two processes of the domain on it, the egress door, and an authorization server behind it. */
import { newId } from '#platform/ids';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { CredentialVault } from '../credential-vault.js';
import { CredentialResponse } from '../dto/credential-response.dto.js';
import { IntegrationsReadModel } from '../integrations.read-model.js';
import { IntegrationsService } from '../integrations.service.js';
import { IntegrationsTestProcess, type TestMember } from '../testing/integrations-test-process.js';
import { OAuthServer } from '../testing/oauth-server.js';
import { OAuthSignIn } from './oauth-sign-in.service.js';

let testDatabase: TestDatabase;
let processes: IntegrationsTestProcess[];
let one: IntegrationsTestProcess;
let server: OAuthServer;
let ada: TestMember;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  one = await IntegrationsTestProcess.start(testDatabase);
  // The embedded database belongs to one process.
  processes = testDatabase.embedded ? [one] : [one, await IntegrationsTestProcess.start(testDatabase)];
});

afterAll(async () => {
  for (const process of processes) await process.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  server = await OAuthServer.start();
  ada = await one.newMember();
});

afterEach(() => server.close());

async function newCredential(member = ada): Promise<string> {
  const { id } = await member.as(() =>
    one.get(IntegrationsService).create({
      kind: 'oauth2',
      name: newId(),
      fields: {
        authorizationUrl: 'https://service.example.com/authorize?tenant=1',
        tokenUrl: `${server.url}/token`,
        clientId: server.client.id,
        clientSecret: server.client.secret,
        scope: 'read write',
      },
      allowedHosts: [server.url],
    }),
  );
  return id;
}

const begin = (id: string, member = ada): Promise<string> => member.as(() => one.get(OAuthSignIn).begin(id));
const complete = (answer: { code?: string; state: string; error?: string }, member = ada): Promise<string> =>
  member.as(() => one.get(OAuthSignIn).complete(answer));
const token = (id: string, process = one): Promise<string | undefined> =>
  ada.as(
    async () =>
      (await process.get(CredentialVault).headersFor({ credentialId: id, url: server.url, usedBy: 'A test' }))[
        'authorization'
      ],
  );
const shown = (id: string): Promise<CredentialResponse> =>
  ada.as(async () => CredentialResponse.from(await one.get(IntegrationsReadModel).get(id)));

async function signedIn(): Promise<string> {
  const id = await newCredential();
  await complete(server.approve(await begin(id)));
  return id;
}

const expire = (id: string): Promise<unknown> =>
  one.query(`UPDATE integration SET tokens_expire_at = now() WHERE id = $1`, [id]);

describe('signing in at a service', () => {
  it('asks it with PKCE and a state, and keeps the tokens to itself', async () => {
    const id = await newCredential();
    await expect(token(id)).rejects.toMatchObject({ code: 'credential.not_connected' });
    const url = new URL(await begin(id));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: '1',
      response_type: 'code',
      client_id: server.client.id,
      redirect_uri: 'https://agentflow.example.org/credentials/connected',
      scope: 'read write',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(await complete(server.approve(url.href))).toBe(id);
    expect(await token(id)).toMatch(/^Bearer access-canary-/);
    const response = await shown(id);
    expect(response.signIn).toEqual({ connected: true, expiresAt: expect.any(String) });
    expect(JSON.stringify(response)).not.toContain('canary');
    const [row] = await one.query<object>('SELECT * FROM integration WHERE id = $1', [id]);
    expect(JSON.stringify(row)).not.toContain('canary-');
  });

  it('takes a state once, from its beginner, in time, and from nobody else', async () => {
    const id = await newCredential();
    const refused = { code: 'oauth.state_invalid', kind: 'malformed' };
    const colleague = await one.newMember(undefined, ada);
    const stranger = await one.newMember();
    const answer = server.approve(await begin(id));
    for (const member of [colleague, stranger]) await expect(complete(answer, member)).rejects.toMatchObject(refused);
    await expect(complete({ code: answer.code, state: 'guessed' })).rejects.toMatchObject(refused);
    await complete(answer);
    await expect(complete(answer)).rejects.toMatchObject(refused);
    const late = server.approve(await begin(id));
    await one.query(`UPDATE oauth_authorization SET expires_at = now() WHERE org_id = $1`, [ada.orgId]);
    await expect(complete(late)).rejects.toMatchObject(refused);
  });

  it('begins only for those who may change the credential', async () => {
    const id = await newCredential();
    const member = await one.newMember(['integrations:read', 'integrations:use', 'integrations:write'], ada);
    await expect(begin(id, member)).rejects.toMatchObject({ code: 'credential.not_editable' });
    await expect(begin(id, await one.newMember())).rejects.toMatchObject({ code: 'credential.not_found' });
  });

  it('says what the service has said, when that is a word of the standard', async () => {
    const id = await newCredential();
    const fail = async (answer: { code?: string; error?: string }): Promise<string> => {
      const { state } = server.approve(await begin(id));
      return complete({ ...answer, state }).then(
        () => 'ok',
        (error: Error) => error.message,
      );
    };
    expect(await fail({ error: 'access_denied' })).toMatch(/\(access_denied\)/);
    expect(await fail({ error: '<script>' })).toMatch(/\(no code\)/);
    expect(await fail({ code: 'wrong' })).toMatch(/\(invalid_grant\)/);
  });

  it.each([
    ['{"access_token":"javascript:alert(1)"}', /status 200/],
    ['{"access_token":"a\\nb"}', /status 200/],
    ['{"access_token":""}', /status 200/],
    ['{"access_token":{"a":1}}', /status 200/],
    ['<html>', /status 200/],
    ['[]', /status 200/],
    ['{"error":"javascript:alert(1)"}', /status 200/],
  ])('takes nothing else than a token from it: %s', async (body, message) => {
    const id = await newCredential();
    const answer = server.approve(await begin(id));
    server.nextAnswer = { status: 200, body };
    await expect(complete(answer)).rejects.toThrow(message);
    expect((await shown(id)).signIn?.connected).toBe(false);
  });

  it('ends when the credential is pointed elsewhere', async () => {
    const id = await signedIn();
    await ada.as(() =>
      one.get(IntegrationsService).update(id, {
        fields: { tokenUrl: 'https://other.example.com/token', clientSecret: 'another' },
      }),
    );
    await expect(token(id)).rejects.toMatchObject({ code: 'credential.not_connected' });
  });
});

describe('a token that is about to expire', () => {
  it('is renewed once, however many want it in however many processes', async () => {
    const id = await signedIn();
    await expire(id);
    const tokens = await Promise.all(
      Array.from({ length: 12 }, (_, each) => token(id, processes[each % processes.length])),
    );
    expect(new Set(tokens).size).toBe(1);
    expect(server.refreshes).toBe(1);
    expect(await token(id)).toBe(tokens[0]);
    await expire(id);
    expect(await token(id)).not.toBe(tokens[0]);
    expect(server.refreshes).toBe(2);
  });

  it('that the service does not renew any more asks for a new sign-in', async () => {
    const id = await signedIn();
    await expire(id);
    server.nextAnswer = { status: 400, body: '{"error":"invalid_grant"}' };
    await expect(token(id)).rejects.toMatchObject({ code: 'credential.sign_in_expired' });
  });

  it('is tried again after the service was away', async () => {
    const id = await signedIn();
    await expire(id);
    server.nextAnswer = { status: 503, body: 'busy' };
    await expect(token(id)).rejects.toMatchObject({ code: 'oauth.unavailable', retryable: true });
    expect(await token(id)).toMatch(/^Bearer access-canary-/);
  });

  it('is renewed by somebody else when the process that renewed it has died', async () => {
    const id = await signedIn();
    await expire(id);
    await one.query(`UPDATE integration SET refresh_until = now() + interval '1 second' WHERE id = $1`, [id]);
    expect(await token(id)).toMatch(/^Bearer access-canary-/);
    expect(server.refreshes).toBe(1);
  });

  it('is none when the service says nothing of an end', async () => {
    server.expiresInSeconds = undefined;
    const id = await signedIn();
    expect((await shown(id)).signIn).toEqual({ connected: true, expiresAt: null });
    expect(await token(id)).toMatch(/^Bearer/);
  });
});
