/** Real: Postgres, files, argon2, HTTP. Fake: mail. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PERMISSIONS } from '../permission.js';
import { AuthTestApp } from '../testing/auth-test-app.js';
import { FirstRun, type InstallationOwner } from './first-run.js';

const INIT = {
  AGENTFLOW_INIT_ORG: 'Acme',
  AGENTFLOW_INIT_EMAIL: 'admin@acme.example',
  AGENTFLOW_INIT_PASSWORD: 'the first password',
  AGENTFLOW_INIT_API_KEY: 'af_0123456789abcdef0123456789abcdef',
  AGENTFLOW_INIT_PLAN: 'pro',
};

async function withApp(
  environment: Record<string, string>,
  work: (app: AuthTestApp, firstRun: FirstRun) => Promise<void>,
): Promise<void> {
  const app = await AuthTestApp.start([], environment);
  try {
    await work(app, app.app.get(FirstRun));
  } finally {
    await app.stop();
  }
}

const logIn = (app: AuthTestApp, password: string) =>
  app.call('post', '/auth/login', { body: { email: INIT.AGENTFLOW_INIT_EMAIL, password } });

describe('the first run', () => {
  it('makes the organisation, owner and key of the settings, once', () =>
    withApp(INIT, async (app, firstRun) => {
      const owners = await Promise.all([firstRun.ensure(), firstRun.ensure()]);
      expect(owners[0]).toEqual(owners[1]);
      expect(owners[0]).toMatchObject({ hasPassword: true });

      const org = await app.call('get', '/org', { token: INIT.AGENTFLOW_INIT_API_KEY }).expect(200);
      expect(org.body).toMatchObject({ name: 'Acme', slug: 'acme', plan: 'pro' });
      const me = await app.call('get', '/auth/me', { token: INIT.AGENTFLOW_INIT_API_KEY }).expect(200);
      expect(me.body).toMatchObject({ role: 'owner', permissions: [...PERMISSIONS], orgs: [{ name: 'Acme' }] });
      await logIn(app, INIT.AGENTFLOW_INIT_PASSWORD).expect(200);
    }));

  it('changes nothing the second time: no other password, no renamed or second organisation, no revived key', () =>
    withApp(INIT, async (app, firstRun) => {
      await firstRun.ensure();
      const session = await logIn(app, INIT.AGENTFLOW_INIT_PASSWORD).expect(200);
      const token = session.body.accessToken;
      await app.call('patch', '/org', { token, body: { name: 'Acme Holding' } }).expect(200);
      const keys = await app.call('get', '/org/api-keys', { token }).expect(200);
      await app.call('delete', `/org/api-keys/${keys.body.data[0].id}`, { token }).expect(204);

      await firstRun.ensure({ ...app.testDatabase.settings.firstRun, password: 'a changed password' });
      await logIn(app, 'a changed password').expect(401);
      await logIn(app, INIT.AGENTFLOW_INIT_PASSWORD).expect(200);
      expect((await app.call('get', '/auth/me', { token })).body.orgs).toMatchObject([{ name: 'Acme Holding' }]);
      await app.call('get', '/org', { token: INIT.AGENTFLOW_INIT_API_KEY }).expect(401);
    }));

  it('makes a demo organisation whose owner comes in by link', () =>
    withApp({}, async (app, firstRun) => {
      const owner = (await firstRun.ensure()) as InstallationOwner;
      expect(owner.hasPassword).toBe(false);
      expect(await firstRun.ensure()).toEqual(owner);
      const link = await firstRun.createSignInLink(owner.userId);
      expect(link).toMatch(/^https:\/\/agentflow\.test\/sign-in\?link=[\w-]{43}$/);
      const session = await app.call('post', '/auth/link', { body: { token: link.split('link=')[1] } }).expect(200);
      expect(session.body).toMatchObject({ user: { email: 'owner@localhost' }, org: { name: 'My organisation' } });

      const body = { newPassword: 'my own first password' };
      await app.call('post', '/auth/password/change', { token: session.body.accessToken, body }).expect(204);
      await app
        .call('post', '/auth/login', { body: { email: 'owner@localhost', password: body.newPassword } })
        .expect(200);
      expect(await firstRun.ensure()).toMatchObject({ hasPassword: true });
    }));

  it('makes no demo where people have their own accounts', () =>
    withApp({}, async (app, firstRun) => {
      await app.signUp();
      expect(await firstRun.ensure()).toBeNull();
    }));

  it('shows the same API key at each start, and a new one when it was revoked', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'af-auth-key-'));
    try {
      await withApp({ AGENTFLOW_DATA_DIR: directory }, async (app, firstRun) => {
        const owner = (await firstRun.ensure()) as InstallationOwner;
        const key = await firstRun.startupApiKey(owner);
        expect(await firstRun.startupApiKey(owner)).toBe(key);
        const path = join(directory, 'api-key.txt');
        expect(await readFile(path, 'utf8')).toBe(`${key}\n`);
        expect((await stat(path)).mode & 0o777).toBe(0o600);

        const keys = await app.call('get', '/org/api-keys', { token: key }).expect(200);
        await app.call('delete', `/org/api-keys/${keys.body.data[0].id}`, { token: key }).expect(204);
        const next = await firstRun.startupApiKey(owner);
        expect(next).not.toBe(key);
        await app.call('get', '/org', { token: next }).expect(200);
      });
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});
