import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { type Permission, PERMISSIONS, type Principal } from '#auth';
import { migrations } from '#migrations';
import { PlatformModule } from '#platform/boot';
import { runWith } from '#platform/context';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import { createLogger } from '#platform/logging';
import { OrgContext, OrgDatabase, TenancyModule } from '#tenancy';
import type { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { IntegrationsApiModule } from '../integrations-api.module.js';
import { IntegrationsService } from '../integrations.service.js';

/** Somebody in an organisation, with ways to act for them. */
export interface TestMember {
  readonly orgId: string;
  readonly userId: string;
  /** Runs `work` as if they had come through a door. */
  as<T>(work: () => T): T;
}

/** One process with the real domain on a real database; local servers may be called. */
export class IntegrationsTestProcess {
  private constructor(
    private readonly context: INestApplicationContext,
    private readonly database: Database,
  ) {}

  /** @param more modules of domains that stand on this one */
  static async start(testDatabase: TestDatabase, more: readonly Type[] = []): Promise<IntegrationsTestProcess> {
    const environment = { EGRESS_ALLOW_CIDRS: '127.0.0.0/8', PUBLIC_URL: 'https://agentflow.example.org' };
    const database = await testDatabase.open(migrations, environment);
    const settings = testDatabase.settings(environment);
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({ settings, logger: createLogger('silent'), database }),
        TenancyModule,
        IntegrationsApiModule,
        ...more,
      ],
    }).compile();
    await module.init();
    return new IntegrationsTestProcess(module, database);
  }

  get<T>(type: new (...guests: never[]) => T): T {
    return this.context.get(type, { strict: false });
  }

  /** Plain SQL over every organisation. */
  query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.get(OrgDatabase).acrossOrgsStatement<R>('a test looks at the rows', sql, parameters);
  }

  /** In an organisation of their own, or in that of a colleague. */
  async newMember(
    permissions: readonly Permission[] = PERMISSIONS,
    { orgId }: { orgId?: string } = {},
  ): Promise<TestMember> {
    const [org, userId] = [orgId ?? newId(), newId()];
    await this.query(`INSERT INTO "user" (id, email, name) VALUES ($1, $2, 'Ada')`, [userId, `${userId}@example.org`]);
    if (orgId === undefined) {
      await this.query(`INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $2, 'free')`, [org, org]);
    }
    const principal: Principal = {
      kind: 'user',
      userId,
      credentialId: userId,
      orgId: org,
      permissions: new Set(permissions),
    };
    return { orgId: org, userId, as: (work) => runWith({ principal }, () => OrgContext.run(org, work)) };
  }

  /** Keeps a credential of whoever is asking. @returns its id */
  async addCredential(credential: Parameters<IntegrationsService['create']>[0]): Promise<string> {
    return (await this.get(IntegrationsService).create(credential)).id;
  }

  async stop(): Promise<void> {
    await this.context.close();
    await this.database.close();
  }
}
