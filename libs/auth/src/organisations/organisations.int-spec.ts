/** Real: Postgres with row-level security, HTTP, guard. Fake: mail. */
import { AuthTestApp, type TestPerson } from '../testing/auth-test-app.js';

const SOMEBODY = '019f0000-0000-7000-8000-000000000000';

describe('an organisation', () => {
  let app: AuthTestApp;
  let owner: TestPerson;

  beforeAll(async () => {
    app = await AuthTestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    owner = await app.signUp();
  });

  const as = (person: TestPerson) => ({
    get: (path: string) => app.call('get', path, { token: person.accessToken }),
    post: (path: string, body: object, headers: Record<string, string> = {}) =>
      app.call('post', path, { token: person.accessToken, body, headers }),
    patch: (path: string, body: object) => app.call('patch', path, { token: person.accessToken, body }),
    delete: (path: string) => app.call('delete', path, { token: person.accessToken }),
  });
  const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';
  const changeRole = (actor: TestPerson, target: TestPerson, role: string) =>
    as(actor).patch(`/org/members/${target.userId}`, { role });

  it('is shown and renamed', async () => {
    await as(owner).patch('/org', { name: '  Analytical Engines ' }).expect(200);
    const answer = await as(owner).get('/org').expect(200);
    expect(answer.body).toMatchObject({ id: owner.orgId, name: 'Analytical Engines', plan: 'free' });
    await as(owner).patch('/org', { name: ' ' }).expect(400);
    await as(owner).patch('/org', { plan: 'enterprise' }).expect(400);
  });

  it('gets a readable address even when another has its name', async () => {
    const [one, two] = [
      await as(owner).post('/orgs', { name: 'Zwölf Boxkämpfer' }),
      await as(owner).post('/orgs', { name: 'Zwölf Boxkämpfer' }),
    ];
    expect(one.body.slug).toBe('zwolf-boxkampfer');
    expect(two.body.slug).toMatch(/^zwolf-boxkampfer-[0-9a-f]{8}$/);
  });

  it('is made once per Idempotency-Key, with its maker as owner', async () => {
    const first = await as(owner).post('/orgs', { name: 'Once' }, { 'Idempotency-Key': 'one' }).expect(201);
    const again = await as(owner).post('/orgs', { name: 'Once' }, { 'Idempotency-Key': 'one' }).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.get('Idempotent-Replayed')).toBe('true');
    const me = await as(owner).get('/auth/me').expect(200);
    expect(me.body.orgs.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
      [owner.orgId, 'owner'],
      [first.body.id, 'owner'],
    ]);
  });

  describe('invites', () => {
    it('somebody new, who then signs up into it', async () => {
      const created = await as(owner)
        .post('/org/invitations', { email: 'Ada@Example.com', role: 'editor' })
        .expect(201);
      expect(created.body.link).toMatch(/^https:\/\/agentflow\.test\/accept-invitation\?token=[\w-]{43}$/);
      const token = tokenOf(created.body.link);
      expect(app.mailer.tokenFor('ada@example.com')).toBe(token);

      const preview = await app.call('get', `/invitations/${token}`).expect(200);
      expect(preview.body).toEqual({ orgName: expect.any(String), email: 'ada@example.com' });

      const ada = await app.signUp({ email: 'ada@example.com', invitationToken: token });
      expect(ada.orgId).toBe(owner.orgId);
      expect((await as(ada).get('/auth/me')).body).toMatchObject({ role: 'editor', orgs: [{ id: owner.orgId }] });
      await app.call('get', `/invitations/${token}`).expect(404);
      expect((await as(owner).get('/org/invitations')).body.data).toEqual([]);
    });

    it('somebody who has an account, who accepts and gets a token for it', async () => {
      const guest = await app.signUp();
      const created = await as(owner).post('/org/invitations', { email: guest.email, role: 'viewer' }).expect(201);
      const answer = await as(guest)
        .post(`/invitations/${tokenOf(created.body.link)}/accept`, {})
        .expect(200);
      expect(answer.body.org.id).toBe(owner.orgId);
      expect(answer.get('Set-Cookie')).toBeUndefined();
      const me = await app.call('get', '/auth/me', { token: answer.body.accessToken }).expect(200);
      expect(me.body).toMatchObject({ org: { id: owner.orgId }, role: 'viewer' });
      await as(guest)
        .post(`/invitations/${tokenOf(created.body.link)}/accept`, {})
        .expect(404);
    });

    it('nobody but the address it was sent to', async () => {
      const created = await as(owner)
        .post('/org/invitations', { email: 'grace@example.com', role: 'admin' })
        .expect(201);
      const thief = await app.signUp();
      const answer = await as(thief)
        .post(`/invitations/${tokenOf(created.body.link)}/accept`, {})
        .expect(403);
      expect(answer.body.code).toBe('invitation.other_address');
      const body = {
        email: 'thief@example.com',
        password: 'long enough to use',
        invitationToken: tokenOf(created.body.link),
      };
      await app.call('post', '/auth/signup', { body }).expect(403);
      await app.call('post', '/auth/login', { body: { email: body.email, password: body.password } }).expect(401);
    });

    it('nobody twice: a new invitation replaces the old, a revoked or expired one is gone', async () => {
      const [first, second] = [
        await as(owner).post('/org/invitations', { email: 'two@example.com', role: 'viewer' }),
        await as(owner).post('/org/invitations', { email: 'two@example.com', role: 'editor' }),
      ];
      await app.call('get', `/invitations/${tokenOf(first.body.link)}`).expect(404);
      await as(owner).delete(`/org/invitations/${second.body.id}`).expect(204);
      await as(owner).delete(`/org/invitations/${second.body.id}`).expect(404);
      await app.call('get', `/invitations/${tokenOf(second.body.link)}`).expect(404);
    });

    it('no member again', async () => {
      const answer = await as(owner).post('/org/invitations', { email: owner.email, role: 'viewer' }).expect(409);
      expect(answer.body.code).toBe('invitation.already_member');
    });

    it('nobody into a role that is unknown, or wider than the inviter', async () => {
      await as(owner).post('/org/invitations', { email: 'x@example.com', role: 'emperor' }).expect(422);
      await as(owner)
        .post('/org/invitations', { email: 'x@example.com', role: `custom:${SOMEBODY}` })
        .expect(422);
      const admin = await app.join(owner, 'admin');
      await as(admin).post('/org/invitations', { email: 'x@example.com', role: 'owner' }).expect(403);
      const hr = await as(owner).post('/org/roles', { name: 'HR', permissions: ['members:read', 'members:write'] });
      const person = await app.join(owner, hr.body.role);
      const answer = await as(person).post('/org/invitations', { email: 'x@example.com', role: 'admin' }).expect(403);
      expect(answer.body.code).toBe('role.wider_than_yours');
    });

    it('nobody any more through a member who was removed', async () => {
      const admin = await app.join(owner, 'admin');
      const backdoor = await as(admin)
        .post('/org/invitations', { email: 'again@example.com', role: 'admin' })
        .expect(201);
      await as(owner).delete(`/org/members/${admin.userId}`).expect(204);
      await app.call('get', `/invitations/${tokenOf(backdoor.body.link)}`).expect(404);
    });

    it('only from its own people', async () => {
      const stranger = await app.signUp();
      const created = await as(owner).post('/org/invitations', { email: 'y@example.com', role: 'viewer' }).expect(201);
      await as(stranger).delete(`/org/invitations/${created.body.id}`).expect(404);
    });
  });

  describe('has members', () => {
    it('listed newest first in pages, with cursors that fit nowhere else', async () => {
      const guests = [await app.join(owner, 'viewer'), await app.join(owner, 'editor')];
      const first = await as(owner).get('/org/members?limit=2').expect(200);
      expect(first.body.data.map(({ userId }: TestPerson) => userId)).toEqual([guests[1]?.userId, guests[0]?.userId]);
      expect(first.body.hasMore).toBe(true);
      const second = await as(owner).get(`/org/members?limit=2&cursor=${first.body.nextCursor}`).expect(200);
      expect(second.body).toMatchObject({
        data: [{ userId: owner.userId, role: 'owner' }],
        nextCursor: null,
        hasMore: false,
      });
      const stranger = await app.signUp();
      await as(stranger).get(`/org/members?limit=2&cursor=${first.body.nextCursor}`).expect(400);
      await as(owner).get(`/org/teams?cursor=${first.body.nextCursor}`).expect(400);
    });

    it('of whom the last owner neither leaves nor steps down', async () => {
      await changeRole(owner, owner, 'admin').expect(409);
      const answer = await as(owner).delete(`/org/members/${owner.userId}`).expect(409);
      expect(answer.body.code).toBe('member.last_owner');
      const second = await app.join(owner, 'owner');
      await changeRole(owner, owner, 'editor').expect(200);
      await as(second).delete(`/org/members/${second.userId}`).expect(409);
    });

    it('of whom two owners cannot demote each other at the same moment', async () => {
      const second = await app.join(owner, 'owner');
      const answers = await Promise.all([changeRole(owner, second, 'viewer'), changeRole(second, owner, 'viewer')]);
      const members = await as(owner).get('/org/members');
      const roles = members.body.data.map(({ role }: { role: string }) => role);
      expect(answers.filter(({ status }) => status === 200).length).toBe(1);
      expect(roles.filter((role: string) => role === 'owner').length).toBe(1);
    });

    it('of whom only owners make, change and remove owners', async () => {
      const admin = await app.join(owner, 'admin');
      const guest = await app.join(owner, 'viewer');
      for (const answer of [
        await changeRole(admin, guest, 'owner'),
        await changeRole(admin, admin, 'owner'),
        await changeRole(admin, owner, 'viewer'),
        await as(admin).delete(`/org/members/${owner.userId}`),
      ]) {
        expect([answer.status, answer.body.code]).toEqual([403, 'member.owners_only']);
      }
      const { key } = await app.apiKey(owner, ['members:read', 'members:write']);
      await app.call('patch', `/org/members/${guest.userId}`, { token: key, body: { role: 'owner' } }).expect(403);
      await changeRole(admin, guest, 'editor').expect(200);
    });

    it('who may leave by themselves, but remove nobody else', async () => {
      const [viewer, other] = [await app.join(owner, 'viewer'), await app.join(owner, 'viewer')];
      await as(viewer).delete(`/org/members/${other.userId}`).expect(403);
      await as(viewer).delete(`/org/members/${viewer.userId}`).expect(204);
    });

    it('that another organisation cannot see or touch', async () => {
      const stranger = await app.signUp();
      const [foreign, unknown] = [
        await as(stranger).delete(`/org/members/${owner.userId}`).expect(404),
        await as(stranger).delete(`/org/members/${SOMEBODY}`).expect(404),
      ];
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    });
  });

  describe('has custom roles', () => {
    it('listed behind the built-in ones', async () => {
      const made = await as(owner)
        .post('/org/roles', { name: 'Reviewer', permissions: ['agents:read'] })
        .expect(201);
      const answer = await as(owner).get('/org/roles').expect(200);
      expect(answer.body.data.map(({ name }: { name: string }) => name)).toEqual([
        'owner',
        'admin',
        'editor',
        'viewer',
        'Reviewer',
      ]);
      expect(made.body).toMatchObject({ role: `custom:${made.body.id}`, permissions: ['agents:read'], builtIn: false });
      await as(owner).post('/org/roles', { name: 'Reviewer', permissions: [] }).expect(409);
    });

    it('that change what everybody who has them may do', async () => {
      const role = await as(owner).post('/org/roles', { name: 'Scribe', permissions: ['org:read', 'org:write'] });
      const scribe = await app.join(owner, role.body.role);
      await as(scribe).patch('/org', {}).expect(200);
      await as(owner)
        .patch(`/org/roles/${role.body.id}`, { permissions: ['org:read'] })
        .expect(200);
      await as(scribe).patch('/org', {}).expect(403);
      await as(scribe).get('/org').expect(200);
    });

    it('that are deleted when nobody has them or is invited with them', async () => {
      const role = await as(owner).post('/org/roles', { name: 'Temp', permissions: ['org:read'] });
      const invited = await as(owner).post('/org/invitations', { email: 'temp@example.com', role: role.body.role });
      const answer = await as(owner).delete(`/org/roles/${role.body.id}`).expect(409);
      expect(answer.body.code).toBe('role.in_use');
      await as(owner).delete(`/org/invitations/${invited.body.id}`).expect(204);
      await as(owner).delete(`/org/roles/${role.body.id}`).expect(204);
      await as(owner).delete(`/org/roles/${role.body.id}`).expect(404);
    });

    it('that nobody makes wider than themselves', async () => {
      const role = await as(owner).post('/org/roles', { name: 'HR', permissions: ['members:read', 'members:write'] });
      const person = await app.join(owner, role.body.role);
      await as(person)
        .post('/org/roles', { name: 'Wide', permissions: ['org:write'] })
        .expect(403);
      await as(person)
        .patch(`/org/roles/${role.body.id}`, { permissions: ['members:write', 'org:write'] })
        .expect(403);
    });

    it('that belong to it alone', async () => {
      const role = await as(owner).post('/org/roles', { name: 'Ours', permissions: [] });
      const stranger = await app.signUp();
      await as(stranger).patch(`/org/roles/${role.body.id}`, { name: 'Theirs' }).expect(404);
      await as(stranger).delete(`/org/roles/${role.body.id}`).expect(404);
      await as(stranger).post('/org/invitations', { email: 'z@example.com', role: role.body.role }).expect(422);
    });
  });

  describe('has teams', () => {
    it('with members of its own', async () => {
      const guest = await app.join(owner, 'viewer');
      const team = await as(owner).post('/org/teams', { name: 'Support' }).expect(201);
      expect(team.body).toMatchObject({ name: 'Support', description: '', memberIds: [] });
      const path = `/org/teams/${team.body.id}`;
      await as(owner).post(`${path}/members`, { userId: guest.userId }).expect(201);
      await as(owner).post(`${path}/members`, { userId: guest.userId }).expect(201);
      const list = await as(guest).get('/org/teams').expect(200);
      expect(list.body.data).toMatchObject([{ name: 'Support', memberIds: [guest.userId] }]);
      await as(owner).patch(path, { description: 'Answers mail' }).expect(200);
      await as(owner).delete(`${path}/members/${guest.userId}`).expect(204);
      await as(owner).delete(`${path}/members/${guest.userId}`).expect(404);
      await as(owner).delete(path).expect(204);
      await as(owner).delete(path).expect(404);
    });

    it('that lose a member who leaves the organisation', async () => {
      const guest = await app.join(owner, 'viewer');
      const team = await as(owner).post('/org/teams', { name: 'Ops' });
      await as(owner).post(`/org/teams/${team.body.id}/members`, { userId: guest.userId }).expect(201);
      await as(owner).delete(`/org/members/${guest.userId}`).expect(204);
      expect((await as(owner).get('/org/teams')).body.data).toMatchObject([{ memberIds: [] }]);
    });

    it('with distinct names, and nobody from outside', async () => {
      const stranger = await app.signUp();
      const team = await as(owner).post('/org/teams', { name: 'Unique' }).expect(201);
      const answer = await as(owner).post('/org/teams', { name: 'Unique' }).expect(409);
      expect(answer.body.errors).toMatchObject([{ pointer: '/name' }]);
      await as(owner).post(`/org/teams/${team.body.id}/members`, { userId: stranger.userId }).expect(404);
      await as(stranger).patch(`/org/teams/${team.body.id}`, { name: 'Stolen' }).expect(404);
      await as(stranger).post(`/org/teams/${team.body.id}/members`, { userId: stranger.userId }).expect(404);
    });
  });
});
