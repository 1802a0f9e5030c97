/** Real: PGlite with its one connection, HTTP, argon2. Fake: mail. */
import { FirstRun, type InstallationOwner } from './first-run/first-run.js';
import { PasswordsService } from './sessions/passwords.service.js';
import { AuthTestApp } from './testing/auth-test-app.js';

describe('identity on the embedded database', () => {
  let app: AuthTestApp;

  beforeAll(async () => {
    app = await AuthTestApp.start([], { DATABASE_URL: '' });
    // Unpacking the embedded database takes seconds on a busy machine.
  }, 60_000);
  afterAll(() => app.stop());

  it('starts with a demo owner and key', async () => {
    const firstRun = app.app.get(FirstRun);
    const owner = (await firstRun.ensure()) as InstallationOwner;
    const key = await firstRun.startupApiKey(owner);
    await app.call('get', '/org', { token: key }).expect(200);
  });

  it('never waits for its own connection', async () => {
    const owners = await Promise.all([app.signUp(), app.signUp(), app.signUp()]);
    const [owner] = owners;
    if (!owner) throw new Error('Nobody signed up.');
    const guest = await app.join(owner, 'editor');
    const headers = { 'Idempotency-Key': 'embedded' };
    const answers = await Promise.all([
      app.call('post', '/orgs', { token: owner.accessToken, body: { name: 'Second' }, headers }),
      app.call('post', '/org/teams', { token: owner.accessToken, body: { name: 'Support' } }),
      app.call('patch', `/org/members/${guest.userId}`, { token: owner.accessToken, body: { role: 'viewer' } }),
      app.call('post', '/auth/refresh', { headers: { Cookie: guest.cookie } }),
      app.call('get', '/auth/me', { token: guest.accessToken }),
      app.call('post', '/auth/password/forgot', { body: { email: guest.email } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 204]);
    await app.app.get(PasswordsService).settled();
    expect(app.mailer.tokenFor(guest.email)).toBeDefined();
  });
});
