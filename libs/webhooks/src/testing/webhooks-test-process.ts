import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { PERMISSIONS, type Principal } from '#auth';
import { migrations } from '#migrations';
import { PlatformModule } from '#platform/boot';
import { runWith } from '#platform/context';
import type { Database } from '#platform/database';
import { newId } from '#platform/ids';
import { createLogger } from '#platform/logging';
import { Mailer } from '#platform/mail';
import { OrgContext, OrgDatabase, TenancyModule } from '#tenancy';
import { RecordingMailer } from '../../../auth/src/testing/recording-mailer.js';
import type { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { WebhooksModule } from '../webhooks.module.js';

/** An organisation with its owner, and a way to act for it. */
export interface TestOwner {
  readonly orgId: string;
  readonly userId: string;
  readonly email: string;
  /** Runs `work` as if they had come through a door. */
  as<T>(work: () => T): T;
}

/** One process with the real domain on a real database; its rounds are called by the tests. Fake: mail. */
export class WebhooksTestProcess {
  private constructor(
    private readonly context: INestApplicationContext,
    private readonly database: Database,
    readonly mailer: RecordingMailer,
  ) {}

  static async start(testDatabase: TestDatabase): Promise<WebhooksTestProcess> {
    const environment = { EGRESS_ALLOW_CIDRS: '127.0.0.1/32', PUBLIC_URL: 'https://agentflow.example.org' };
    const database = await testDatabase.open(migrations, environment);
    const settings = testDatabase.settings(environment);
    const mailer = new RecordingMailer();
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({ settings, logger: createLogger('silent'), database }),
        TenancyModule,
        WebhooksModule,
      ],
    })
      .overrideProvider(Mailer)
      .useValue(mailer)
      .compile();
    await module.init();
    return new WebhooksTestProcess(module, database, mailer);
  }

  get<T>(type: new (...guests: never[]) => T): T {
    return this.context.get(type, { strict: false });
  }

  /** Plain SQL over every organisation. */
  query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.get(OrgDatabase).acrossOrgsStatement<R>('a test looks at the rows', sql, parameters);
  }

  async newOwner(): Promise<TestOwner> {
    const [orgId, userId] = [newId(), newId()];
    const email = `${userId}@example.org`;
    await this.query(`INSERT INTO "user" (id, email, name) VALUES ($1, $2, 'Ada')`, [userId, email]);
    await this.query(`INSERT INTO organization (id, name, slug, plan) VALUES ($1, 'Test', $2, 'free')`, [orgId, orgId]);
    await this.query(`INSERT INTO org_membership (id, org_id, user_id, role) VALUES ($1, $2, $3, 'owner')`, [
      newId(),
      orgId,
      userId,
    ]);
    const principal: Principal = {
      kind: 'user',
      userId,
      credentialId: userId,
      orgId,
      permissions: new Set(PERMISSIONS),
    };
    return { orgId, userId, email, as: (work) => runWith({ principal }, () => OrgContext.run(orgId, work)) };
  }

  async stop(): Promise<void> {
    await this.context.close();
    await this.database.close();
  }
}
