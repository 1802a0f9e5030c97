/** Real: Postgres, HTTP, argon2, tokens. Fake: mail. */
import { JwtService, type JwtSignOptions } from '@nestjs/jwt';
import { FirstRun } from '../first-run/first-run.js';
import { AuthTestApp, cookieOf, type TestPerson } from '../testing/auth-test-app.js';

describe('signing in', () => {
  let app: AuthTestApp;
  let person: TestPerson;

  beforeAll(async () => {
    app = await AuthTestApp.start();
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    person = await app.signUp();
  });

  const logIn = (email: string, password: string) => app.call('post', '/auth/login', { body: { email, password } });
  const me = (token: string) => app.call('get', '/auth/me', { token });
  const refresh = (cookie: string) => app.call('post', '/auth/refresh', { headers: { Cookie: cookie } });

  it('makes a person, an organisation and an owner in one go', async () => {
    const answer = await me(person.accessToken).expect(200);
    expect(answer.body).toMatchObject({
      user: { id: person.userId, email: person.email, emailVerified: false },
      org: { id: person.orgId },
      role: 'owner',
      orgs: [{ id: person.orgId, role: 'owner' }],
    });
    expect(answer.body.permissions).toContain('keys:write');
  });

  it('keeps the refresh token in a cookie that scripts and other sites cannot use', async () => {
    const answer = await logIn(person.email, person.password).expect(200);
    expect(answer.get('Set-Cookie')?.[0]).toMatch(
      /^af_refresh=[\w-]{43}; Max-Age=2592000; Path=\/api\/v1\/auth; Expires=.*; HttpOnly; SameSite=Strict$/,
    );
    expect(JSON.stringify(answer.body)).not.toContain('refresh');
  });

  it('signs in whatever the spelling of the address', async () => {
    await logIn(` ${person.email.toUpperCase()} `, person.password).expect(200);
  });

  it('refuses a second account for the same address', async () => {
    const answer = await app.call('post', '/auth/signup', {
      body: { email: person.email.toUpperCase(), password: 'another password', orgName: 'Two' },
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ code: 'user.email_taken', errors: [{ pointer: '/email' }] });
  });

  it.each([
    [{ password: 'short' }, '/password'],
    [{ email: 'nobody' }, '/email'],
    [{ orgName: undefined }, '/orgName'],
    [{ invitationToken: null }, '/invitationToken'],
    [{ role: 'owner' }, '/role'],
    [{ id: '0' }, '/id'],
  ])('names the field of a sign-up that is wrong: %j', async (wrong, pointer) => {
    const body = { email: 'new@example.com', password: 'correct horse', orgName: 'New', ...wrong };
    const answer = await app.call('post', '/auth/signup', { body }).expect(400);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await logIn(person.email, 'not the password').expect(401);
    const unknown = await logIn('nobody@example.com', 'not the password').expect(401);
    expect({ ...wrong.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('takes as long for an unknown address as for a wrong password', async () => {
    const time = async (email: string): Promise<number> => {
      const samples: number[] = [];
      for (let index = 0; index < 5; index += 1) {
        const start = performance.now();
        await logIn(email, 'not the password');
        samples.push(performance.now() - start);
      }
      return samples.sort((a, b) => a - b)[2] ?? 0;
    };
    const [known, unknown] = [await time(person.email), await time('someone.else@example.com')];
    expect(Math.abs(known - unknown)).toBeLessThan(Math.max(known, unknown) * 0.6);
  });

  it('slows guessing down, and says for how long', async () => {
    for (let index = 0; index < 10; index += 1) await logIn('guessed@example.com', `guess number ${index}`).expect(401);
    const answer = await logIn('guessed@example.com', 'guess number 11').expect(429);
    expect(answer.body).toMatchObject({ code: 'auth.too_many_attempts', retryable: true });
    expect(Number(answer.get('Retry-After'))).toBeGreaterThan(0);
    await logIn(person.email, person.password).expect(200);
  });

  it('trades the refresh cookie for a new one', async () => {
    const answer = await refresh(person.cookie).expect(200);
    expect(answer.body.user.id).toBe(person.userId);
    expect(cookieOf(answer)).not.toBe(person.cookie);
    await me(answer.body.accessToken).expect(200);
    await refresh(cookieOf(answer)).expect(200);
  });

  it('ends the session when a spent refresh token comes back', async () => {
    const renewed = await refresh(person.cookie).expect(200);
    await refresh(person.cookie).expect(401);
    await refresh(cookieOf(renewed)).expect(401);
    await me(renewed.body.accessToken).expect(401);
    await logIn(person.email, person.password).expect(200);
  });

  it('gives at most one of two parallel refreshes a new token', async () => {
    const answers = await Promise.all([refresh(person.cookie), refresh(person.cookie)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it.each(['', 'af_refresh=', 'af_refresh=made-up', 'other=1; af_refresh'])(
    'refuses to refresh with the cookie "%s"',
    async (cookie) => {
      const answer = await refresh(cookie).expect(401);
      expect(answer.body.code).toBe('auth.session_ended');
    },
  );

  it('logs out here and leaves other sessions alone', async () => {
    const other = await logIn(person.email, person.password).expect(200);
    const answer = await app.call('post', '/auth/logout', { token: person.accessToken, body: {} }).expect(204);
    expect(answer.get('Set-Cookie')?.[0]).toMatch(/^af_refresh=; Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/);
    await me(person.accessToken).expect(401);
    await refresh(person.cookie).expect(401);
    await me(other.body.accessToken).expect(200);
  });

  it('logs out everywhere', async () => {
    const other = await logIn(person.email, person.password).expect(200);
    await app.call('post', '/auth/logout', { token: person.accessToken, body: { everywhere: true } }).expect(204);
    await me(other.body.accessToken).expect(401);
    await refresh(cookieOf(other)).expect(401);
  });

  it('logs out without a body', async () => {
    await app.call('post', '/auth/logout', { token: person.accessToken }).expect(204);
  });

  describe('with an access token', () => {
    const jwt = new JwtService();
    const secret = (): string => app.testDatabase.settings.auth.jwtSecret ?? '';
    const claims = (): Record<string, unknown> => jwt.decode(person.accessToken);
    const forge = (change: object, options: JwtSignOptions = {}): string =>
      jwt.sign({ ...claims(), ...change }, { secret: secret(), ...options });
    const withoutEnd = (): string => {
      const { exp: _end, ...rest } = claims();
      return jwt.sign(rest, { secret: secret() });
    };
    const unsigned = (): string => {
      const [, payload = ''] = person.accessToken.split('.');
      return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    };

    it('accepts what it made itself', async () => {
      await me(forge({})).expect(200);
    });

    const FORGERIES: [string, () => string][] = [
      ['no signature and alg none', () => unsigned()],
      ['another secret', () => forge({}, { secret: 'x'.repeat(32) })],
      ['HS512 with the right secret', () => forge({}, { algorithm: 'HS512' })],
      ['a stripped signature', () => person.accessToken.split('.').slice(0, 2).join('.') + '.'],
      [
        'a kid that is a path',
        () => forge({}, { keyid: '../../../../dev/null', secret: 'another secret of 32 characters!' }),
      ],
      ['another issuer', () => forge({ iss: 'evil' })],
      ['another audience', () => forge({ aud: 'other' })],
      ['an end one second ago', () => forge({ exp: Math.floor(Date.now() / 1000) - 1 })],
      ['a beginning in the future', () => forge({ nbf: Math.floor(Date.now() / 1000) + 60 })],
      ['no end', () => withoutEnd()],
      ['a session that never was', () => forge({ sid: '019f0000-0000-7000-8000-000000000000' })],
      ['another person', () => forge({ sub: '019f0000-0000-7000-8000-000000000000' })],
      ['the refresh token', () => person.cookie.replace('af_refresh=', '')],
      ['nonsense', () => 'nonsense'],
    ];

    it.each(FORGERIES)('refuses %s', async (_what, token) => {
      const answer = await me(token()).expect(401);
      expect(answer.body.code).toBe('auth.invalid_token');
    });
  });

  it('is signed in by a link once', async () => {
    const link = await app.app.get(FirstRun).createSignInLink(person.userId);
    const [, token] = link.split('/sign-in?link=');
    const answer = await app.call('post', '/auth/link', { body: { token } }).expect(200);
    expect(answer.body.user.id).toBe(person.userId);
    expect(cookieOf(answer)).toMatch(/^af_refresh=.{43}$/);
    await app.call('post', '/auth/link', { body: { token } }).expect(401);
  });

  it('confirms the e-mail address with the mailed link', async () => {
    const token = app.mailer.tokenFor(person.email);
    await app.call('post', '/auth/verify-email', { body: { token } }).expect(204);
    expect((await me(person.accessToken)).body.user.emailVerified).toBe(true);
    await app.call('post', '/auth/verify-email', { body: { token } }).expect(401);
  });

  it('does not take a link for another purpose', async () => {
    const token = app.mailer.tokenFor(person.email);
    await app.call('post', '/auth/link', { body: { token } }).expect(401);
    await app.call('post', '/auth/password/reset', { body: { token, password: 'a new password' } }).expect(401);
  });
});
