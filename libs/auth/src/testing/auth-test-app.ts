import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { PlatformModule } from '#platform/boot';
import { configureHttp } from '#platform/http';
import { createLogger } from '#platform/logging';
import { Mailer } from '#platform/mail';
import { TenancyModule } from '#tenancy';
import { AuthApiModule } from '../auth-api.module.js';
import { RecordingMailer } from './recording-mailer.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A person with a fresh organisation, as the API answered. */
export interface TestPerson {
  readonly email: string;
  readonly password: string;
  readonly userId: string;
  readonly orgId: string;
  readonly accessToken: string;
  /** `af_refresh=…`, as a browser would send it. */
  readonly cookie: string;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The auth doors alone, on a real Postgres; only mail is a fake. */
export class AuthTestApp {
  private people = 0;

  private constructor(
    readonly app: NestExpressApplication,
    readonly mailer: RecordingMailer,
    readonly testDatabase: TestDatabase,
  ) {}

  /** @param controllers further doors for the guard to stand before, @param modules domains with theirs */
  static async start(
    controllers: Type[] = [],
    environment: Readonly<Record<string, string>> = {},
    modules: Type[] = [],
  ): Promise<AuthTestApp> {
    const testDatabase = await createTestDatabase(environment);
    const mailer = new RecordingMailer();
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({
          settings: testDatabase.settings,
          logger: createLogger('silent'),
          database: testDatabase.database,
        }),
        TenancyModule,
        AuthApiModule,
        ...modules,
      ],
      controllers,
    })
      .overrideProvider(Mailer)
      .useValue(mailer)
      .compile();
    const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttp(app, testDatabase.settings);
    try {
      await app.init();
    } catch (error) {
      await testDatabase.drop();
      throw error;
    }
    return new AuthTestApp(app, mailer, testDatabase);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.testDatabase.drop();
  }

  call(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    { token, body, headers = {} }: CallOptions = {},
  ): supertest.Test {
    const request = supertest(this.app.getHttpServer())[method](`/api/v1${path}`).set(headers);
    if (token !== undefined) request.set('Authorization', `Bearer ${token}`);
    return body === undefined ? request : request.send(body);
  }

  async signUp(values: Readonly<Record<string, string>> = {}): Promise<TestPerson> {
    this.people += 1;
    const email = values['email'] ?? `person${this.people}@example.com`;
    const password = 'correct horse battery';
    const answer = await this.call('post', '/auth/signup', {
      body: {
        email,
        password,
        ...(values['invitationToken'] === undefined && { orgName: `Org ${this.people}` }),
        ...values,
      },
    }).expect(201);
    const { accessToken, user, org } = answer.body;
    return { email, password, userId: user.id, orgId: org.id, accessToken, cookie: cookieOf(answer) };
  }

  /** A person who joins the host's organisation with this role. */
  async join(host: TestPerson, role: string): Promise<TestPerson> {
    this.people += 1;
    const email = `guest${this.people}@example.com`;
    const invited = await this.call('post', '/org/invitations', {
      token: host.accessToken,
      body: { email, role },
    }).expect(201);
    return this.signUp({ email, invitationToken: new URL(invited.body.link).searchParams.get('token') ?? '' });
  }

  async apiKey(maker: TestPerson, scopes: readonly string[], more: object = {}): Promise<{ id: string; key: string }> {
    const answer = await this.call('post', '/org/api-keys', {
      token: maker.accessToken,
      body: { name: 'Key', scopes, ...more },
    }).expect(201);
    return answer.body;
  }
}

/** The refresh cookie that an answer sets, without its attributes. */
export function cookieOf(answer: supertest.Response): string {
  const [cookie = ''] = answer.get('Set-Cookie') ?? [];
  return cookie.split(';')[0] ?? '';
}
