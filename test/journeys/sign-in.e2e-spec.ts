import { randomUUID } from 'node:crypto';
import type { ApiClient } from '../support/clients/api.client.js';
import { ExecutionsSocket } from '../support/clients/executions.socket.js';
import { newMember, newOrg, type NewOrg } from '../support/new-org.js';
import { mailTo, tokenIn } from '../support/outbox.js';
import { type AgentFlow, firstOwner, startAgentFlow } from '../support/start-agentflow.js';

/** Revocation reaches every process and every open socket within this time. */
const REVOKED_WITHIN_MS = 5_000;

/** Real: every process and store, mail as files. */
describe('signing in', () => {
  let agentflow: AgentFlow;

  beforeAll(async () => {
    agentflow = await startAgentFlow();
  });

  afterAll(() => agentflow?.stop());

  const nobody = (): ApiClient => agentflow.anonymous;

  it('lets the owner of the head-less first run in with the password from the settings', async () => {
    const { status, body } = await nobody().auth.logIn(firstOwner.email, firstOwner.password);
    expect(status).toBe(200);
    expect(await nobody().auth.me(body.accessToken)).toMatchObject({
      user: { email: firstOwner.email },
      org: { name: firstOwner.org },
      role: 'owner',
    });
  });

  it('goes from signing up over logging out to logging in again', async () => {
    const person = await newOrg(agentflow.url, 'Grace');
    const { auth } = nobody();
    expect((await auth.logIn(person.email.toUpperCase(), person.password)).status).toBe(200);
    const { body } = await auth.logIn(person.email, person.password);
    const me = await auth.me(body.accessToken);
    expect(me).toMatchObject({ role: 'owner', orgs: [{ id: person.orgId, role: 'owner' }] });
    expect(me.permissions).toEqual(expect.arrayContaining(['agents:publish', 'keys:write', 'members:write']));

    expect((await auth.logOut(body.accessToken)).status).toBe(204);
    await expectShutOut(nobody().as(body.accessToken));
    expect((await auth.refresh()).status).toBe(401);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const { email } = await newOrg(agentflow.url);
    const wrong = await nobody().auth.logIn(email, 'not-the-password');
    const unknown = await nobody().auth.logIn(`nobody-${randomUUID()}@example.com`, 'not-the-password');
    for (const answer of [wrong, unknown]) {
      expect(answer).toMatchObject({ status: 401, body: { code: 'auth.wrong_credentials' } });
    }
  });

  it('renews a session with each refresh cookie once, and ends it when a spent one comes back', async () => {
    const { email, password } = await newOrg(agentflow.url);
    const { auth } = nobody();
    await auth.logIn(email, password);
    const stolen = auth.refreshCookie;
    const renewed = await auth.refresh();
    expect(renewed.status).toBe(200);
    expect(auth.refreshCookie).not.toBe(stolen);
    expect((await auth.me(renewed.body.accessToken)).user.email).toBe(email);

    const thief = nobody().auth;
    thief.refreshCookie = stolen;
    expect((await thief.refresh()).status).toBe(401);
    // The thief's copy ends the whole session: the rightful cookie and its access token are worth nothing any more.
    expect((await auth.refresh()).status).toBe(401);
    await expectShutOut(nobody().as(renewed.body.accessToken));
  });

  it('keeps the refresh cookie away from scripts and other sites', async () => {
    const { email, password } = await newOrg(agentflow.url);
    const { headers } = await nobody().auth.logIn(email, password);
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/^af_refresh=[^;]+;/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1/auth']) expect(cookie).toContain(attribute);
  });

  it('ends every session of a person on demand', async () => {
    const { email, password } = await newOrg(agentflow.url);
    const [laptop, phone] = [nobody().auth, nobody().auth];
    const first = (await laptop.logIn(email, password)).body;
    const second = (await phone.logIn(email, password)).body;
    expect((await laptop.logOut(first.accessToken, true)).status).toBe(204);
    expect((await phone.refresh()).status).toBe(401);
    await expectShutOut(nobody().as(second.accessToken));
  });

  it('changes a password, which ends the other sessions', async () => {
    const { email, password, owner } = await newOrg(agentflow.url);
    const other = nobody().auth;
    await other.logIn(email, password);
    const token = owner.token ?? '';
    expect(await owner.auth.changePassword(token, 'not-the-password', 'a-new-password-1')).toMatchObject({
      status: 422,
    });
    expect((await owner.auth.changePassword(token, password, 'a-new-password-1')).status).toBe(204);
    expect((await other.refresh()).status).toBe(401);
    expect((await nobody().auth.logIn(email, password)).status).toBe(401);
    expect((await nobody().auth.logIn(email, 'a-new-password-1')).status).toBe(200);
    expect((await owner.auth.me(token)).user.email).toBe(email);
  });

  it('sets a new password by a mailed link that works once, and tells nobody whether an account exists', async () => {
    const { email, password, owner } = await newOrg(agentflow.url);
    expect((await nobody().auth.forgotPassword(`nobody-${randomUUID()}@example.com`)).status).toBe(204);
    expect((await nobody().auth.forgotPassword(email)).status).toBe(204);
    const token = tokenIn(await mailTo(agentflow.dataDirectory, email, /reset-password/));

    expect((await nobody().auth.resetPassword(token, 'a-new-password-2')).status).toBe(204);
    expect((await nobody().auth.resetPassword(token, 'a-new-password-3')).status).toBe(401);
    expect((await nobody().auth.logIn(email, password)).status).toBe(401);
    expect((await nobody().auth.logIn(email, 'a-new-password-2')).status).toBe(200);
    await expectShutOut(owner);
  });

  it('brings a new colleague in by an invitation, with the role that it names', async () => {
    const org = await newOrg(agentflow.url, 'Inviter');
    const viewer = await newMember(org, 'viewer');
    expect(await viewer.client.auth.me(viewer.accessToken)).toMatchObject({ role: 'viewer', org: { id: org.orgId } });
    expect((await viewer.client.http.send('GET', '/agents')).status).toBe(200);
    expect((await viewer.client.http.send('POST', '/agents', { name: 'No' })).status).toBe(403);
    expect((await viewer.client.http.send('GET', '/org/api-keys')).status).toBe(403);
    expect((await org.owner.org.members()).map(({ role }) => role).sort()).toEqual(['owner', 'viewer']);
  });

  it('mails the link of an invitation, and opens it for the invited address only', async () => {
    const org = await newOrg(agentflow.url, 'Inviter');
    const guest = await newOrg(agentflow.url, 'Guest');
    const stranger = await newOrg(agentflow.url, 'Stranger');
    await org.owner.org.invite(guest.email, 'editor');
    const token = tokenIn(await mailTo(agentflow.dataDirectory, guest.email, /invites you/));

    expect((await stranger.owner.auth.acceptInvitation(stranger.owner.token ?? '', token)).status).toBe(403);
    const { status, body } = await guest.owner.auth.acceptInvitation(guest.owner.token ?? '', token);
    expect({ status, org: body.org.id }).toEqual({ status: 200, org: org.orgId });
    expect((await guest.owner.auth.acceptInvitation(guest.owner.token ?? '', token)).status).toBe(404);
  });

  it('switches between organisations by X-Org-Id, and shuts out who was removed from one', async () => {
    const org = await newOrg(agentflow.url, 'Host');
    const guest = await newOrg(agentflow.url, 'Guest');
    const { link } = await org.owner.org.invite(guest.email, 'editor');
    await guest.owner.auth.acceptInvitation(guest.owner.token ?? '', tokenIn(link));
    const there = guest.owner.as(guest.owner.token, org.orgId);

    const agent = await there.agents.create('Made as a guest');
    expect((await org.owner.agents.get(agent.id)).name).toBe('Made as a guest');
    expect((await guest.owner.http.send('GET', `/agents/${agent.id}`)).status).toBe(404);
    expect((await there.http.send('GET', `/agents/${agent.id}`)).status).toBe(200);
    const elsewhere = guest.owner.as(guest.owner.token, (await newOrg(agentflow.url)).orgId);
    expect((await elsewhere.http.send('GET', '/agents')).status).toBe(404);

    const socket = await there.connect();
    expect((await org.owner.org.removeMember(guest.userId)).status).toBe(204);
    const goneAfterMs = await socket.disconnected(REVOKED_WITHIN_MS + 1_000);
    expect(goneAfterMs).toBeLessThanOrEqual(REVOKED_WITHIN_MS);
    // An organisation that is not one's own is not there.
    await expectShutOut(there, 404);
    expect((await guest.owner.http.send('GET', '/agents')).status).toBe(200);
  });

  it('lets an API key do what its scopes say, in its own organisation', async () => {
    const { owner } = await newOrg(agentflow.url);
    const { key } = await owner.org.createApiKey(['agents:read']);
    const reader = owner.as(key);
    expect((await reader.http.send('GET', '/agents')).status).toBe(200);
    expect((await reader.http.send('POST', '/agents', { name: 'No' })).status).toBe(403);
    expect((await reader.http.send('GET', '/executions')).status).toBe(403);
    const socket = await reader.connect();
    expect(await socket.subscribeOrg()).toEqual({ ok: false, code: 'auth.forbidden' });
    socket.close();
    expect((await owner.http.send<{ data: object[] }>('GET', '/org/api-keys')).text).not.toContain(key);
  });

  it('shuts a revoked API key out everywhere within five seconds, an open socket too', async () => {
    const org: NewOrg = await newOrg(agentflow.url);
    const { id, key } = await org.owner.org.createApiKey(['executions:read', 'agents:read']);
    const holder = org.owner.as(key);
    const socket = await holder.connect();
    expect(await socket.subscribeOrg()).toEqual({ ok: true });

    expect((await org.owner.org.revokeApiKey(id)).status).toBe(204);
    expect(await socket.disconnected(REVOKED_WITHIN_MS + 1_000)).toBeLessThanOrEqual(REVOKED_WITHIN_MS);
    await expectShutOut(holder);
    await expect(holder.connect()).rejects.toThrow('auth.invalid_api_key');
  });

  it('lets no socket in without a credential', async () => {
    for (const token of [null, 'af_nobody_has_this_key_at_all', 'eyJhbGciOiJub25lIn0.e30.']) {
      await expect(ExecutionsSocket.connect(agentflow.url, token)).rejects.toThrow(/^auth\./);
    }
  });

  async function expectShutOut(caller: ApiClient, status = 401): Promise<void> {
    const giveUpAt = Date.now() + REVOKED_WITHIN_MS;
    while ((await caller.http.send('GET', '/agents')).status === 200 && Date.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await caller.http.send('GET', '/agents')).status).toBe(status);
  }
});
