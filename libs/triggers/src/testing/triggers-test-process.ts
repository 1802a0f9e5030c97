import { createLogger } from '#platform/logging';
import { ExecutionsTestProcess } from '../../../executions/src/testing/executions-test-process.js';
import type { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { DueSchedulesRepository } from '../schedules/due-schedules.repository.js';
import { ScheduleFiring } from '../schedules/schedule-firing.js';
import { SchedulerTask } from '../schedules/scheduler.task.js';
import { TriggersModule } from '../triggers.module.js';

/** A process with its scheduler, whose rounds are called by the tests and not by a clock. */
export interface TriggersTestProcess {
  readonly process: ExecutionsTestProcess;
  readonly scheduler: SchedulerTask;
}

/** @param requestsPerMinute what organisations on the plan `free` may start; more than any test needs when absent */
export async function startTriggersTestProcess(
  testDatabase: TestDatabase,
  requestsPerMinute = 1_000_000,
): Promise<TriggersTestProcess> {
  const environment = { AI_FREE_TIER_RPM: String(requestsPerMinute) };
  const process = await ExecutionsTestProcess.start(testDatabase, { modules: [TriggersModule], environment });
  const scheduler = new SchedulerTask(
    process.get(DueSchedulesRepository),
    process.get(ScheduleFiring),
    createLogger('silent'),
  );
  return { process, scheduler };
}
