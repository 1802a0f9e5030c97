import { currentPrincipal } from '#auth';
import { ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { TriggerTarget } from '../trigger-target.js';
import { neverFires, scheduleNotFound, tooMany } from '../triggers.errors.js';
import { CronRule } from './cron-rule.js';
import { cronInWords } from './cron-words.js';
import type { Schedule } from './schedule.entity.js';
import { SchedulesRepository } from './schedules.repository.js';

const MAX_SCHEDULES = 100;

const PREVIEWED_SLOTS = 5;

export interface NewSchedule {
  readonly agentId: string;
  readonly version: number | null;
  readonly name: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly input: Record<string, unknown>;
  readonly enabled: boolean;
}

export type ScheduleChange = Partial<Omit<NewSchedule, 'agentId'>>;

type Timing = Pick<NewSchedule, 'cron' | 'timeZone' | 'enabled'>;

/** What a rule means before it is saved. */
export interface SchedulePreview {
  readonly description: string;
  readonly next: readonly Date[];
}

/** Schedules as people keep them; firing them is {@link SchedulerTask}'s. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly database: OrgDatabase,
    private readonly schedules: SchedulesRepository,
    private readonly target: TriggerTarget,
    private readonly executions: ExecutionsService,
  ) {}

  /** @throws AppError too many · agent not runnable · input, cron or time zone wrong */
  create(schedule: NewSchedule): Promise<Schedule> {
    return this.database.transaction(async () => {
      if ((await this.schedules.countToAdd()) >= MAX_SCHEDULES) throw tooMany('schedule', MAX_SCHEDULES);
      await this.target.assertTakes(schedule.agentId, schedule.version, schedule.input);
      const nextAt = await this.nextSlot(schedule);
      return this.schedules.add({ ...schedule, nextAt, createdByUserId: currentPrincipal().userId });
    });
  }

  /** Forgets failures and missed slots: it is another schedule now. @throws AppError as `create`, and not found */
  async update(id: string, change: ScheduleChange): Promise<void> {
    await this.database.transaction(async () => {
      const before = await this.schedules.lock(id);
      if (!before) throw scheduleNotFound();
      const after = { ...before, ...change };
      // Pausing must work however wrong the rest has become.
      if (after.enabled || change.input || change.version !== undefined) {
        await this.target.assertTakes(after.agentId, after.version, after.input);
      }
      await this.schedules.change(id, { ...change, nextAt: await this.retimed(before, after) });
    });
  }

  async delete(id: string): Promise<void> {
    if (!(await this.schedules.remove(id))) throw scheduleNotFound();
  }

  /**
   * A run as a slot would start it, now and for the person who asks. Pausing does not forbid it.
   * @returns the run's id
   */
  async runNow(id: string, idempotency?: { key: string; requestHash: string }): Promise<string> {
    const schedule = await this.schedules.find(id);
    if (!schedule) throw scheduleNotFound();
    const { executionId } = await this.executions.start({
      agentId: schedule.agentId,
      version: schedule.version ?? undefined,
      input: schedule.input,
      mode: 'background',
      trigger: 'manual',
      triggeredBy: { id: schedule.id, name: schedule.name },
      idempotency,
    });
    return executionId;
  }

  /** @throws AppError invalid naming cron or time zone */
  async preview(cron: string, timeZone: string): Promise<SchedulePreview> {
    const next = CronRule.parse(cron, timeZone).next(PREVIEWED_SLOTS, await this.schedules.now());
    if (next.length === 0) throw neverFires();
    return { description: cronInWords(cron), next };
  }

  /** A change of anything but the times leaves the next slot where it is, also when that is due at this moment. */
  private async retimed(before: Schedule, after: Timing): Promise<Date | null> {
    const otherRule = before.cron !== after.cron || before.timeZone !== after.timeZone;
    if (!otherRule && !after.enabled) return null;
    return otherRule || !before.enabled ? this.nextSlot(after) : before.nextAt;
  }

  private async nextSlot({ cron, timeZone, enabled }: Timing): Promise<Date | null> {
    const next = CronRule.parse(cron, timeZone).nextAfter(await this.schedules.now());
    if (!next) throw neverFires();
    return enabled ? next : null;
  }
}
