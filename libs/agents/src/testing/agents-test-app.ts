import type { Server } from 'node:http';
import { type CanActivate, type ExecutionContext, Global, Injectable, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import { Client } from 'pg';
import { newId } from '#platform/ids';
import { migrations } from '#migrations';
import { PERMISSIONS, type Principal } from '#auth';
import { loadSettings, type Settings, SettingsModule } from '#platform/config';
import { currentAmbient, runWith } from '#platform/context';
import { type Database, DatabaseModule, openDatabase } from '#platform/database';
import { Readiness } from '#platform/health';
import { configureHttp, HttpPlatformModule } from '#platform/http';
import { createLogger, LoggingModule } from '#platform/logging';
import { acrossOrgs, OrgContext, OrgDatabase, TenancyModule } from '#tenancy';
import { AgentsApiModule } from '../agents-api.module.js';

/** Somebody in an organisation of their own. */
export interface TestPerson {
  readonly orgId: string;
  readonly userId: string;
  /** Sent with requests; the stand-in for the real door reads them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The agents domain over real HTTP, tenancy and Postgres. Only signing in is replaced: headers say who asks. */
export class AgentsTestApp {
  private constructor(
    private readonly app: NestExpressApplication,
    private readonly database: Database,
    private readonly name: string,
  ) {}

  static async start(): Promise<AgentsTestApp> {
    const name = `af_agents_${process.pid}_${Date.now().toString(36)}`;
    await asAdministrator(`CREATE DATABASE ${name}`);
    const url = new URL(administratorUrl());
    url.pathname = `/${name}`;
    const secret = 'a-Jw7secret-0f-the-t3st-which-is-l0ng-enough';
    const settings = loadSettings({ DATABASE_URL: url.href, JWT_SECRET: secret, ENCRYPTION_KEY: secret }, 'api');
    try {
      const database = await openDatabase(settings, migrations);
      return new AgentsTestApp(await startHttp(database, settings), database, name);
    } catch (error) {
      await dropDatabase(name);
      throw error;
    }
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  get<T>(type: new (...guests: never[]) => T): T {
    return this.app.get(type, { strict: false });
  }

  async newPerson(): Promise<TestPerson> {
    const [orgId, userId] = [newId(), newId()];
    await acrossOrgs('a test makes its own organisation', () =>
      this.get(OrgDatabase).transaction(async (manager) => {
        await manager.query(`INSERT INTO "user" (id, email, name) VALUES ($1, $2, 'Ada Okafor')`, [
          userId,
          `${userId}@example.org`,
        ]);
        await manager.query(
          `INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $1::uuid::text, 'free')`,
          [orgId],
        );
      }),
    );
    return { orgId, userId, headers: { 'x-test-org': orgId, 'x-test-user': userId } };
  }

  /** Runs `work` inside of the domain, as if that person had come through a door. */
  as<T>(person: TestPerson, work: () => T): T {
    return runWith({ principal: principalOf(person) }, () => OrgContext.run(person.orgId, work));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.close();
    await dropDatabase(this.name);
  }
}

async function startHttp(database: Database, settings: Settings): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({
    imports: [
      SettingsModule.forRoot(settings),
      LoggingModule.forRoot(createLogger('silent')),
      DatabaseModule.forRoot(database),
      ProbesModule,
      TenancyModule,
      HttpPlatformModule,
      AgentsApiModule,
    ],
    providers: [{ provide: APP_GUARD, useClass: TestDoor }],
  }).compile();
  const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttp(app, settings);
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Where tenancy announces its probe; nobody asks for it here. */
@Global()
@Module({ providers: [Readiness], exports: [Readiness] })
class ProbesModule {}

@Injectable()
class TestDoor implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<Request>();
    const [orgId, userId] = [String(headers['x-test-org']), String(headers['x-test-user'])];
    const ambient = currentAmbient();
    if (ambient) ambient.principal = principalOf({ orgId, userId });
    OrgContext.enter(orgId);
    return true;
  }
}

function principalOf({ orgId, userId }: Pick<TestPerson, 'orgId' | 'userId'>): Principal {
  return { kind: 'user', userId, credentialId: userId, orgId, permissions: new Set(PERMISSIONS) };
}

function administratorUrl(): string {
  return process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';
}

function dropDatabase(name: string): Promise<void> {
  return asAdministrator(`DROP DATABASE ${name} WITH (FORCE)`);
}

async function asAdministrator(statement: string): Promise<void> {
  const client = new Client({ connectionString: administratorUrl() });
  await client.connect();
  await client.query(statement);
  await client.end();
}
