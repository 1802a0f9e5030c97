/** Real: the database (Postgres where TEST_DATABASE_URL names one, embedded otherwise), starts and journal. The queue keeps what it is given. */
import { ExecutionsService } from '#executions';
import { unavailable } from '#platform/errors';
import { TestDatabase } from '../../../platform/src/testing/test-database.js';
import { TestOrg } from '../../../executions/src/testing/test-org.js';
import { startTriggersTestProcess, type TriggersTestProcess } from '../testing/triggers-test-process.js';
import { FAILURES_UNTIL_PAUSE } from './schedule-firing.js';
import { type ScheduleRow, SchedulesReadModel } from './schedules.read-model.js';
import { type NewSchedule, SchedulesService } from './schedules.service.js';

const PROCESSES = process.env['TEST_DATABASE_URL'] ? 3 : 1;

let testDatabase: TestDatabase;
let processes: TriggersTestProcess[];
let first: TriggersTestProcess;
let org: TestOrg;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  processes = [];
  for (let count = 0; count < PROCESSES; count += 1) processes.push(await startTriggersTestProcess(testDatabase));
  [first] = processes as [TriggersTestProcess];
});

afterAll(async () => {
  for (const { process } of processes) await process.stop();
  await testDatabase.drop();
});

beforeEach(async () => {
  await query(`UPDATE schedule SET enabled = false RETURNING id`);
  org = await TestOrg.create(first.process);
});

const query = <R>(sql: string, parameters: unknown[] = []): Promise<R[]> => first.process.query<R>(sql, parameters);
const service = (): SchedulesService => first.process.get(SchedulesService);

async function newSchedule(values: Partial<NewSchedule> = {}): Promise<string> {
  const schedule = { version: null, name: 'Report', cron: '0 9 * * *', timeZone: 'UTC', input: {}, enabled: true };
  return (await org.as(() => service().create({ ...schedule, agentId: org.agentId, ...values }))).id;
}

const shown = (id: string): Promise<ScheduleRow> => org.as(() => first.process.get(SchedulesReadModel).get(id));

/** As if the schedule had been waiting for a slot that has come. */
async function letSlotCome(id: string, next: Date): Promise<void> {
  await query(`UPDATE schedule SET next_at = $2, claimed_until = NULL WHERE id = $1 RETURNING id`, [id, next]);
}

const runsOf = (
  id: string,
): Promise<{ id: string; key: string; trigger: string; userId: string | null; metadata: object }[]> =>
  query(
    `SELECT e.id, k.key, e.trigger, e.created_by_user_id AS "userId", e.metadata FROM execution e
       LEFT JOIN idempotency_key k ON k.execution_id = e.id WHERE e.trigger_id = $1 ORDER BY e.id`,
    [id],
  );

const yesterday = (hour: number): Date => {
  const day = new Date(Date.now() - 86_400_000);
  return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour));
};

const hourAgo = (): Date => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);

describe('A schedule', () => {
  it('fires once per slot, however many processes look at the same time', async () => {
    const ids = [];
    for (let count = 0; count < 30; count += 1)
      ids.push(await newSchedule({ cron: '0 * * * *', name: `Report ${count}` }));
    for (const id of ids) await letSlotCome(id, hourAgo());
    const fired = await Promise.all(
      [...processes, ...processes, ...processes].map(({ scheduler }) => scheduler.round()),
    );
    expect(fired.reduce((sum, each) => sum + each)).toBe(30);
    for (const [index, id] of ids.entries()) {
      const runs = await runsOf(id);
      expect(runs).toEqual([
        {
          id: runs[0]?.id,
          key: `schedule:${id}:${hourAgo().toISOString()}`,
          trigger: 'schedule',
          userId: null,
          metadata: { slot: hourAgo().toISOString() },
        },
      ]);
      expect(await shown(id)).toMatchObject({
        name: `Report ${index}`,
        lastAt: hourAgo(),
        nextAt: new Date(hourAgo().getTime() + 3_600_000),
        runId: runs[0]?.id,
        runStatus: 'queued',
        missedFrom: null,
        failure: null,
      });
    }
  });

  it('fires once also when a process dies between starting the run and writing it down', async () => {
    const id = await newSchedule({ cron: '0 * * * *' });
    for (let times = 0; times < 3; times += 1) {
      await letSlotCome(id, hourAgo());
      await first.scheduler.round();
    }
    expect(await runsOf(id)).toHaveLength(1);
  });

  it('fires once also when that happens and everything stands still for days', async () => {
    const id = await newSchedule({ cron: '0 0 1 1 *' });
    const newYear = new Date(Date.UTC(new Date().getUTCFullYear(), 0, 1));
    for (let times = 0; times < 2; times += 1) {
      await letSlotCome(id, newYear);
      await first.scheduler.round();
      await query(`DELETE FROM idempotency_key WHERE org_id = $1 RETURNING key`, [org.id]);
    }
    expect(await runsOf(id)).toHaveLength(1);
  });

  it('makes up for the latest of its missed slots only, and says since when they were missed', async () => {
    const id = await newSchedule({ cron: '0 * * * *' });
    await letSlotCome(id, yesterday(0));
    await first.scheduler.round();
    expect(await runsOf(id)).toMatchObject([
      { metadata: { slot: hourAgo().toISOString(), missedFrom: yesterday(0).toISOString() } },
    ]);
    expect(await shown(id)).toMatchObject({ missedFrom: yesterday(0), lastAt: hourAgo() });
    await letSlotCome(id, hourAgo());
    await first.scheduler.round();
    expect(await shown(id)).toMatchObject({ missedFrom: null });
  });

  it('keeps and shows why it could not start, goes on with the next slot, and pauses itself in the end', async () => {
    const id = await newSchedule({ cron: '0 * * * *' });
    await query(`UPDATE agent SET archived_at = now() WHERE id = $1 RETURNING id`, [org.agentId]);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (let count = 1; count <= FAILURES_UNTIL_PAUSE; count += 1) {
      expect((await shown(id)).enabled).toBe(true);
      await letSlotCome(id, hourAgo());
      await first.scheduler.round();
      expect(await shown(id)).toMatchObject({ lastAt: hourAgo(), failure: { code: 'agent.archived' } });
      expect(await first.scheduler.round()).toBe(0);
    }
    expect(await shown(id)).toMatchObject({ enabled: false, nextAt: null });
    expect(await runsOf(id)).toEqual([]);
  });

  it('tries a slot again when the reason will pass', async () => {
    const id = await newSchedule({ cron: '* * * * *' });
    const executions = first.process.get(ExecutionsService);
    const start = executions.start.bind(executions);
    executions.start = () => Promise.reject(unavailable('database.unavailable', 'Not now.'));
    try {
      const slot = new Date(Math.floor(Date.now() / 60_000) * 60_000);
      await letSlotCome(id, slot);
      await first.scheduler.round();
      expect(await shown(id)).toMatchObject({ nextAt: slot, failure: { code: 'database.unavailable' } });
      expect(await first.scheduler.round()).toBe(0);
    } finally {
      executions.start = start;
    }
    await query(`UPDATE schedule SET claimed_until = now() WHERE id = $1 RETURNING id`, [id]);
    await first.scheduler.round();
    expect(await runsOf(id)).toHaveLength(1);
    expect(await shown(id)).toMatchObject({ failure: null });
  });

  it('does nothing while it is paused, and goes on with the next slot, not with those that passed', async () => {
    const id = await newSchedule({ cron: '0 * * * *' });
    await letSlotCome(id, hourAgo());
    await org.as(() => service().update(id, { enabled: false }));
    expect(await first.scheduler.round()).toBe(0);
    expect(await shown(id)).toMatchObject({ enabled: false, nextAt: null });
    await org.as(() => service().update(id, { enabled: true }));
    expect(await first.scheduler.round()).toBe(0);
    expect((await shown(id)).nextAt?.getTime()).toBe(hourAgo().getTime() + 3_600_000);
  });

  it('has its next slot worked out anew when its times change, and kept when only its name does', async () => {
    const id = await newSchedule({ cron: '0 * * * *' });
    await letSlotCome(id, hourAgo());
    await org.as(() => service().update(id, { name: 'Renamed' }));
    expect((await shown(id)).nextAt).toEqual(hourAgo());
    await org.as(() => service().update(id, { cron: '30 4 1 1 *', timeZone: 'Asia/Tokyo' }));
    expect((await shown(id)).nextAt?.toISOString()).toMatch(/^\d{4}-12-31T19:30:00\.000Z$/);
    expect(await first.scheduler.round()).toBe(0);
  });

  it('runs now for the person who asks, once per key, also while it is paused', async () => {
    const id = await newSchedule({ enabled: false });
    const idempotency = { key: `run-now-${id}`, requestHash: 'hash' };
    const started = await org.as(() => service().runNow(id, idempotency));
    expect(await org.as(() => service().runNow(id, idempotency))).toBe(started);
    expect(await runsOf(id)).toMatchObject([{ id: started, trigger: 'manual', userId: org.userId }]);
  });

  it('is refused when it could never run', async () => {
    await expect(newSchedule({ cron: '0 0 30 2 *' })).rejects.toMatchObject({ code: 'schedule.never_fires' });
    await expect(newSchedule({ cron: '* * * * * *' })).rejects.toMatchObject({ code: 'schedule.cron' });
    await expect(newSchedule({ version: 7 })).rejects.toMatchObject({ code: 'agent_version.not_found' });
    await expect(newSchedule({ agentId: org.id })).rejects.toMatchObject({ code: 'agent.not_found' });
  });

  it('is one of at most a hundred in its organisation, also when many are made at once', async () => {
    await query(
      `INSERT INTO schedule (id, org_id, agent_id, name, cron, time_zone, input)
       SELECT gen_random_uuid(), $1, $2, 'Report', '0 9 * * *', 'UTC', '{}' FROM generate_series(1, 98) RETURNING id`,
      [org.id, org.agentId],
    );
    const made = await Promise.allSettled(Array.from({ length: 6 }, () => newSchedule()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(made.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'schedule.too_many' } });
  });
});
