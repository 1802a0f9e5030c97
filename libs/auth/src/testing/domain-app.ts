import type { Server } from 'node:http';
import {
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  Global,
  Injectable,
  Module,
  type Type,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request } from 'express';
import { migrations } from '#migrations';
import { type Settings, SettingsModule } from '#platform/config';
import { currentAmbient, runWith } from '#platform/context';
import { type Database, DatabaseModule } from '#platform/database';
import { Readiness } from '#platform/health';
import { configureHttp, HttpPlatformModule } from '#platform/http';
import { newId } from '#platform/ids';
import { createLogger, LoggingModule } from '#platform/logging';
import { acrossOrgs, OrgContext, OrgDatabase, TenancyModule } from '#tenancy';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { type Permission, PERMISSIONS } from '../permission.js';
import type { Principal } from '../principal.js';

/** Somebody in an organisation of their own. */
export interface DomainPerson {
  readonly orgId: string;
  readonly userId: string;
  /** Sent with requests; the stand-in for the real door reads them. */
  readonly headers: Readonly<Record<string, string>>;
}

/** One domain over real HTTP, tenancy and Postgres. Only signing in is replaced: headers say who asks and what they may. */
export class DomainApp {
  private constructor(
    private readonly app: NestExpressApplication,
    private readonly database: Database,
    private readonly testDatabase: TestDatabase,
  ) {}

  /** @param modules the domain's, and stand-ins for what is around it */
  static async start(modules: readonly (Type | DynamicModule)[]): Promise<DomainApp> {
    const testDatabase = await TestDatabase.create();
    const settings = testDatabase.settings();
    try {
      const database = await testDatabase.open(migrations);
      return new DomainApp(await startHttp(database, settings, modules), database, testDatabase);
    } catch (error) {
      await testDatabase.drop();
      throw error;
    }
  }

  get server(): Server {
    return this.app.getHttpServer();
  }

  get<T>(type: abstract new (...guests: never[]) => T): T {
    return this.app.get(type, { strict: false });
  }

  async newPerson(): Promise<DomainPerson> {
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
    return { orgId, userId, headers: headersOf({ orgId, userId }) };
  }

  /** Runs `work` inside of the domain, as if that person had come through a door. */
  as<T>({ orgId, userId }: DomainPerson, work: () => T): T {
    return runWith({ principal: principalOf(orgId, userId, PERMISSIONS) }, () => OrgContext.run(orgId, work));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.close();
    await this.testDatabase.drop();
  }
}

/** Headers of somebody with some permissions; all of them when left out. */
export function headersOf(
  { orgId, userId }: Pick<DomainPerson, 'orgId' | 'userId'>,
  permissions: readonly Permission[] = PERMISSIONS,
): Readonly<Record<string, string>> {
  return { 'x-test-org': orgId, 'x-test-user': userId, 'x-test-may': permissions.join(',') };
}

async function startHttp(
  database: Database,
  settings: Settings,
  modules: readonly (Type | DynamicModule)[],
): Promise<NestExpressApplication> {
  const module = await Test.createTestingModule({
    imports: [
      SettingsModule.forRoot(settings),
      LoggingModule.forRoot(createLogger('silent')),
      DatabaseModule.forRoot(database),
      ProbesModule,
      TenancyModule,
      HttpPlatformModule,
      ...modules,
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
    const permissions = String(headers['x-test-may']).split(',') as Permission[];
    if (ambient) ambient.principal = principalOf(orgId, userId, permissions);
    OrgContext.enter(orgId);
    return true;
  }
}

function principalOf(orgId: string, userId: string, permissions: readonly Permission[]): Principal {
  return { kind: 'user', userId, credentialId: userId, orgId, permissions: new Set(permissions) };
}
