/** Real: Postgres, HTTP, guard, tokens and keys. Fake: mail, and the clock where a test says so. */
import { Controller, Get } from '@nestjs/common';
import { runWith } from '#platform/context';
import { OrgContext } from '#tenancy';
import { RequirePermission } from '../access.decorators.js';
import { ApiKeyUsage } from '../api-keys/api-key-usage.js';
import { currentPrincipal } from '../principal.js';
import { AuthTestApp, type TestPerson } from '../testing/auth-test-app.js';
import { PrincipalService } from './principal.service.js';

@Controller('probe')
class ProbeController {
  @Get()
  @RequirePermission('agents:read')
  probe(): object {
    const { kind, userId, orgId } = currentPrincipal();
    return { kind, userId, orgId, open: OrgContext.require() };
  }
}

@Controller('forgotten')
class UnmarkedController {
  @Get('door')
  open(): void {}
}

const SOMEWHERE = '019f0000-0000-7000-8000-000000000000';

describe('the guard', () => {
  let app: AuthTestApp;
  let owner: TestPerson;

  beforeAll(async () => {
    app = await AuthTestApp.start([ProbeController]);
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    owner = await app.signUp();
  });

  const probe = (token?: string, headers: Record<string, string> = {}) => app.call('get', '/probe', { token, headers });

  it('refuses to start with a route that nobody marked, and says what to add where', async () => {
    await expect(AuthTestApp.start([UnmarkedController])).rejects.toThrow(
      /GET forgotten\/door: add @RequirePermission\('…'\), @Authenticated\(\) or @Public\(\) above UnmarkedController\.open\(\)/,
    );
  });

  it('asks for credentials', async () => {
    const answer = await probe().expect(401);
    expect(answer.body.code).toBe('auth.required');
    expect(answer.get('WWW-Authenticate')).toBe('Bearer');
  });

  it.each(['Basic b3duZXI6eA==', 'Bearer', 'Bearer  ', 'Bearer a b'])(
    'takes "%s" for no credentials',
    async (authorization) => {
      await probe(undefined, { Authorization: authorization }).expect(401);
    },
  );

  it('opens the organisation of the token for the route', async () => {
    const answer = await probe(owner.accessToken).expect(200);
    expect(answer.body).toEqual({ kind: 'user', userId: owner.userId, orgId: owner.orgId, open: owner.orgId });
  });

  it('opens the organisation that X-Org-Id names', async () => {
    const second = await app.call('post', '/orgs', { token: owner.accessToken, body: { name: 'Second' } }).expect(201);
    const answer = await probe(owner.accessToken, { 'X-Org-Id': second.body.id }).expect(200);
    expect(answer.body.open).toBe(second.body.id);
  });

  it('says the same of a foreign, an unknown and an impossible organisation', async () => {
    const stranger = await app.signUp();
    const answers = await Promise.all(
      [stranger.orgId, SOMEWHERE, 'nonsense'].map((id) => probe(owner.accessToken, { 'X-Org-Id': id }).expect(404)),
    );
    const bodies = answers.map(({ body }) => JSON.stringify({ ...body, requestId: '' }));
    expect(new Set(bodies).size).toBe(1);
    expect(answers[0]?.body.code).toBe('organisation.not_found');
  });

  it('names the permission that is missing', async () => {
    const viewer = await app.join(owner, 'viewer');
    const answer = await app.call('patch', '/org', { token: viewer.accessToken, body: { name: 'Mine' } }).expect(403);
    expect(answer.body).toMatchObject({
      code: 'auth.permission_missing',
      detail: expect.stringContaining('org:write'),
    });
  });

  it('lets a demoted member do less from the next request on', async () => {
    const admin = await app.join(owner, 'admin');
    await app.call('patch', '/org', { token: admin.accessToken, body: {} }).expect(200);
    await app
      .call('patch', `/org/members/${admin.userId}`, { token: owner.accessToken, body: { role: 'viewer' } })
      .expect(200);
    await app.call('patch', '/org', { token: admin.accessToken, body: {} }).expect(403);
  });

  it('sends a removed member to refresh, and to an organisation of their own', async () => {
    const guest = await app.join(owner, 'editor');
    await probe(guest.accessToken).expect(200);
    await app.call('delete', `/org/members/${guest.userId}`, { token: owner.accessToken }).expect(204);
    const answer = await probe(guest.accessToken).expect(401);
    expect(answer.body.code).toBe('auth.left_organisation');
    const renewed = await app.call('post', '/auth/refresh', { headers: { Cookie: guest.cookie } }).expect(200);
    expect(renewed.body.org).toMatchObject({ name: 'My organisation' });
    await probe(renewed.body.accessToken).expect(200);
  });

  it('shuts out within 3 seconds what another process revoked', async () => {
    await probe(owner.accessToken).expect(200);
    await app.testDatabase.database.dataSource.query('UPDATE auth_session SET revoked_at = now() WHERE user_id = $1', [
      owner.userId,
    ]);
    await new Promise((resolve) => setTimeout(resolve, 3_100));
    await probe(owner.accessToken).expect(401);
  });

  describe('with an API key', () => {
    it('acts for the organisation of the key', async () => {
      const { key } = await app.apiKey(owner, ['agents:read']);
      const answer = await probe(key).expect(200);
      expect(answer.body).toEqual({ kind: 'api-key', userId: owner.userId, orgId: owner.orgId, open: owner.orgId });
      await probe(key, { 'X-Org-Id': owner.orgId }).expect(200);
      await probe(key, { 'X-Org-Id': SOMEWHERE }).expect(404);
    });

    it('does no more than its scopes', async () => {
      const { key } = await app.apiKey(owner, ['agents:read']);
      await app.call('get', '/org', { token: key }).expect(403);
      const me = await app.call('get', '/auth/me', { token: key }).expect(200);
      expect(me.body.permissions).toEqual(['agents:read']);
    });

    it('is never wider than its maker, who keeps no copy of the hash of another', async () => {
      const editorWithKeys = await app.call('post', '/org/roles', {
        token: owner.accessToken,
        body: { name: 'Keys', permissions: ['keys:write', 'agents:read'] },
      });
      const maker = await app.join(owner, editorWithKeys.body.role);
      const body = { name: 'Wide', scopes: ['agents:read', 'org:write'] };
      const answer = await app.call('post', '/org/api-keys', { token: maker.accessToken, body }).expect(403);
      expect(answer.body).toMatchObject({
        code: 'auth.wider_than_yours',
        detail: expect.stringContaining('org:write'),
      });
    });

    it('cannot make a key that is wider than itself', async () => {
      const { key } = await app.apiKey(owner, ['keys:write']);
      await app
        .call('post', '/org/api-keys', { token: key, body: { name: 'Wide', scopes: ['org:write'] } })
        .expect(403);
    });

    it.each([[['*']], [['admin']], [[]], ['agents:read'], [null]])('does not know the scopes %j', async (scopes) => {
      await app.call('post', '/org/api-keys', { token: owner.accessToken, body: { name: 'Key', scopes } }).expect(400);
    });

    it('loses what its maker loses, at once', async () => {
      const admin = await app.join(owner, 'admin');
      const { key } = await app.apiKey(admin, ['agents:read', 'org:write']);
      await app.call('patch', '/org', { token: key, body: {} }).expect(200);
      await app
        .call('patch', `/org/members/${admin.userId}`, { token: owner.accessToken, body: { role: 'viewer' } })
        .expect(200);
      await app.call('patch', '/org', { token: key, body: {} }).expect(403);
      await probe(key).expect(200);
      await app.call('delete', `/org/members/${admin.userId}`, { token: owner.accessToken }).expect(204);
      await probe(key).expect(401);
    });

    it('is shut out at once when it is revoked, and gone', async () => {
      const { id, key } = await app.apiKey(owner, ['agents:read']);
      await probe(key).expect(200);
      await app.call('delete', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(204);
      await probe(key).expect(401);
      await app.call('get', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(404);
      await app.call('delete', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(404);
    });

    it('ends at its moment, also when it was just used', async () => {
      const { key } = await app.apiKey(owner, ['agents:read'], { expiresAt: new Date(Date.now() + 700).toISOString() });
      await probe(key).expect(200);
      await new Promise((resolve) => setTimeout(resolve, 750));
      await probe(key).expect(401);
    });

    it('cannot have ended before it begins', async () => {
      const body = { name: 'Key', scopes: ['agents:read'], expiresAt: '2020-01-01T00:00:00Z' };
      const answer = await app.call('post', '/org/api-keys', { token: owner.accessToken, body }).expect(422);
      expect(answer.body.errors).toMatchObject([{ pointer: '/expiresAt' }]);
    });

    it('shows when it was last used, and never itself', async () => {
      const { id, key } = await app.apiKey(owner, ['agents:read']);
      await probe(key).expect(200);
      await app.app.get(ApiKeyUsage, { strict: false }).flush();
      const answer = await app.call('get', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(200);
      expect(answer.body).toMatchObject({ prefix: key.slice(0, 9), scopes: ['agents:read'], expiresAt: null });
      expect(Date.now() - Date.parse(answer.body.lastUsedAt)).toBeLessThan(5_000);
      expect(answer.text).not.toContain(key);
      const rows: unknown = await OrgContext.run(owner.orgId, () =>
        app.testDatabase.database.dataSource.query('SELECT * FROM api_key'),
      );
      expect(JSON.stringify(rows)).not.toContain(key);
    });

    it('does not reach another organisation', async () => {
      const stranger = await app.signUp();
      const { id } = await app.apiKey(stranger, ['agents:read']);
      await app.call('get', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(404);
      await app.call('delete', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(404);
      expect((await app.call('get', '/org/api-keys', { token: owner.accessToken }).expect(200)).body.data).toEqual([]);
    });
  });

  describe('for connections that stay open', () => {
    const principals = (): PrincipalService => app.app.get(PrincipalService);

    it('knows a person and a key that lost their way in', async () => {
      const { id, key } = await app.apiKey(owner, ['agents:read']);
      const person = await runWith({}, () => principals().authenticate(owner.accessToken));
      const program = await runWith({}, () => principals().authenticate(key));
      expect(await principals().isStillValid(person)).toBe(true);
      expect(await principals().isStillValid(program)).toBe(true);

      await app.call('delete', `/org/api-keys/${id}`, { token: owner.accessToken }).expect(204);
      await app.call('post', '/auth/logout', { token: owner.accessToken }).expect(204);
      expect(await principals().isStillValid(person)).toBe(false);
      expect(await principals().isStillValid(program)).toBe(false);
    });

    it('knows a person who may do less than before', async () => {
      const guest = await app.join(owner, 'admin');
      const before = await principals().authenticate(guest.accessToken);
      await app
        .call('patch', `/org/members/${guest.userId}`, { token: owner.accessToken, body: { role: 'viewer' } })
        .expect(200);
      expect(await principals().isStillValid(before)).toBe(false);
      expect(await principals().isStillValid(await principals().authenticate(guest.accessToken))).toBe(true);
    });
  });
});
