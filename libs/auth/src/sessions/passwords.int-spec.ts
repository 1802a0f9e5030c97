/** Real: Postgres, HTTP, argon2. Fake: mail. */
import { AuthTestApp, cookieOf, type TestPerson } from '../testing/auth-test-app.js';
import { AuthMails } from '../auth-mails.js';
import { PasswordsService } from './passwords.service.js';

const NEW_PASSWORD = 'an entirely new password';

describe('passwords', () => {
  let app: AuthTestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await AuthTestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    person = await app.signUp();
  });

  const logIn = (password: string) => app.call('post', '/auth/login', { body: { email: person.email, password } });
  const me = (token: string) => app.call('get', '/auth/me', { token });
  const reset = (body: object) => app.call('post', '/auth/password/reset', { body });
  const forgot = (email: string) => app.call('post', '/auth/password/forgot', { body: { email } });

  async function mailedToken(): Promise<string> {
    await forgot(person.email).expect(204);
    await app.app.get(PasswordsService).settled();
    await app.app.get(AuthMails, { strict: false }).settled();
    return app.mailer.tokenFor(person.email) ?? '';
  }

  it('answers alike whether or not the address has an account, and mails only one that has', async () => {
    const known = await forgot(person.email).expect(204);
    const unknown = await forgot('stranger@example.com').expect(204);
    await app.app.get(PasswordsService).settled();
    expect(known.body).toEqual(unknown.body);
    expect(app.mailer.sent.filter(({ to }) => to === 'stranger@example.com')).toEqual([]);
    expect(app.mailer.sent.findLast(({ to }) => to === person.email)?.subject).toMatch('new password');
  });

  it('leads to the address of the settings, whatever Host header the caller sends', async () => {
    await app.call('post', '/auth/password/forgot', {
      body: { email: person.email },
      headers: { Host: 'evil.example' },
    });
    await app.app.get(PasswordsService).settled();
    expect(app.mailer.sent.findLast(({ to }) => to === person.email)?.text).toContain(
      'https://agentflow.test/reset-password?token=',
    );
  });

  it('replaces the password once, and ends every session', async () => {
    const token = await mailedToken();
    await reset({ token, password: NEW_PASSWORD }).expect(204);
    await me(person.accessToken).expect(401);
    await app.call('post', '/auth/refresh', { headers: { Cookie: person.cookie } }).expect(401);
    await logIn(person.password).expect(401);
    await logIn(NEW_PASSWORD).expect(200);
    await reset({ token, password: 'yet another password' }).expect(401);
  });

  it('spends a link once even when it is used twice at the same time', async () => {
    const token = await mailedToken();
    const answers = await Promise.all([
      reset({ token, password: NEW_PASSWORD }),
      reset({ token, password: NEW_PASSWORD }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 401]);
  });

  it('ends older links with a new password', async () => {
    const older = await mailedToken();
    const newer = await mailedToken();
    await reset({ token: newer, password: NEW_PASSWORD }).expect(204);
    await reset({ token: older, password: 'a stranger wrote this' }).expect(401);
  });

  it('does not take a link after 15 minutes', async () => {
    const token = await mailedToken();
    await app.testDatabase.database.dataSource.query(
      `UPDATE one_time_token SET expires_at = expires_at - interval '15 minutes' WHERE user_id = $1`,
      [person.userId],
    );
    await reset({ token, password: NEW_PASSWORD }).expect(401);
  });

  it('keeps only the hash of a link', async () => {
    const token = await mailedToken();
    const rows: unknown = await app.testDatabase.database.dataSource.query('SELECT * FROM one_time_token');
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it.each([[''], [null], [['a']], [{ $ne: null }], [42]])('refuses %j as a token', async (token) => {
    await reset({ token, password: NEW_PASSWORD }).expect(400);
  });

  it('changes the password and ends the other sessions', async () => {
    const other = await logIn(person.password).expect(200);
    const body = { currentPassword: person.password, newPassword: NEW_PASSWORD };
    await app.call('post', '/auth/password/change', { token: person.accessToken, body }).expect(204);
    await me(person.accessToken).expect(200);
    await me(other.body.accessToken).expect(401);
    await app.call('post', '/auth/refresh', { headers: { Cookie: cookieOf(other) } }).expect(401);
    await logIn(NEW_PASSWORD).expect(200);
  });

  it.each([['wrong password'], [undefined]])('asks for the present password: %s', async (currentPassword) => {
    const body = { currentPassword, newPassword: NEW_PASSWORD };
    const answer = await app.call('post', '/auth/password/change', { token: person.accessToken, body }).expect(422);
    expect(answer.body.errors).toMatchObject([{ pointer: '/currentPassword' }]);
  });

  it('is not changed by an API key', async () => {
    const { key } = await app.apiKey(person, ['org:read']);
    const body = { currentPassword: person.password, newPassword: NEW_PASSWORD };
    const answer = await app.call('post', '/auth/password/change', { token: key, body }).expect(403);
    expect(answer.body.code).toBe('auth.person_required');
  });
});
