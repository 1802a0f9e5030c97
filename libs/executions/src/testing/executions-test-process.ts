import type { INestApplicationContext, Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FakeStepServices } from '../../../kernel/src/testing/index.js';
import { migrations } from '#migrations';
import { PlatformModule } from '#platform/boot';
import type { Database } from '#platform/database';
import { createLogger } from '#platform/logging';
import { OrgContext, OrgDatabase, TenancyModule } from '#tenancy';
import type { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { ExecutionTakeover } from '../execution-takeover.js';
import { ExecutionsMetrics } from '../executions.metrics.js';
import { ExecutionsModule } from '../executions.module.js';
import { EXECUTIONS_QUEUE_TOKEN } from '../executions.queue.js';
import { LeasesRepository } from '../leases.repository.js';
import { ReconcilerTask } from '../reconciler.task.js';
import { RunServices } from '../run-services.js';
import { WaitingRuns } from '../waiting-runs.js';
import { RecordingQueue } from './recording-queue.js';

export interface TestProcessOptions {
  readonly outside: FakeStepServices;
  readonly queue: RecordingQueue;
  readonly environment: Readonly<Record<string, string>>;
  /** A domain that stands on runs. */
  readonly modules: readonly Type[];
}

/** One process of AgentFlow without its doors: the real domain on a real database. Queue and outside world are fakes. */
export class ExecutionsTestProcess {
  /** Its rounds are called by the tests, not by a clock. */
  readonly reconciler: ReconcilerTask;

  private constructor(
    private readonly context: INestApplicationContext,
    readonly database: Database,
    readonly queue: RecordingQueue,
    readonly outside: FakeStepServices,
  ) {
    this.reconciler = new ReconcilerTask(
      this.get(LeasesRepository),
      this.get(WaitingRuns),
      this.get(ExecutionsMetrics),
      queue,
      createLogger('silent'),
    );
  }

  static async start(
    testDatabase: TestDatabase,
    {
      outside = new FakeStepServices(),
      queue = new RecordingQueue(),
      environment = {},
      modules = [],
    }: Partial<TestProcessOptions> = {},
  ): Promise<ExecutionsTestProcess> {
    const database = await testDatabase.open(migrations, environment);
    const settings = testDatabase.settings(environment);
    const module = await Test.createTestingModule({
      imports: [
        PlatformModule.forRoot({ settings, logger: createLogger('silent'), database }),
        TenancyModule,
        ExecutionsModule.forRoot(settings),
        ...modules,
      ],
    })
      .overrideProvider(EXECUTIONS_QUEUE_TOKEN)
      .useValue(queue)
      .overrideProvider(RunServices)
      .useValue(outside)
      .compile();
    await module.init();
    return new ExecutionsTestProcess(module, database, queue, outside);
  }

  get<T>(type: new (...guests: never[]) => T): T {
    return this.context.get(type, { strict: false });
  }

  /** Plain SQL over every organisation. */
  query<R>(sql: string, parameters: unknown[] = []): Promise<R[]> {
    return this.get(OrgDatabase).acrossOrgsStatement<R>('a test looks at the rows', sql, parameters);
  }

  /** What a worker would do: takes every run that is queued, and walks it to its end or next wait. */
  async work(): Promise<void> {
    const queued = await this.query<{ id: string; orgId: string }>(
      `SELECT id, org_id AS "orgId" FROM execution WHERE status = 'queued' ORDER BY id`,
    );
    for (const { id, orgId } of queued) await OrgContext.run(orgId, () => this.get(ExecutionTakeover).take(id));
  }

  async stop(): Promise<void> {
    await this.context.close();
    await this.database.close();
  }
}
