import { RateLimits } from '#billing';
import { ExecutionsService } from '#executions';
import { Injectable } from '@nestjs/common';
import { AppError } from '#platform/errors';
import { InjectLogger, type Logger } from '#platform/logging';
import { OrgContext } from '#tenancy';
import { failureOf, isPassing } from '../trigger-failure.js';
import { CronRule } from './cron-rule.js';
import type { DueSchedule } from './due-schedules.repository.js';
import { SchedulesRepository } from './schedules.repository.js';

/** A start that failed for a passing reason is tried again this much later, … */
const RETRY_MS = 15_000;

/** … until the slot is this old; then it counts as failed. */
const GIVE_UP_MS = 600_000;

/** Idempotency keys live a little longer than this. */
const KEY_LIFETIME_MS = 23 * 3_600_000;

/** After so many slots in a row that started nothing, a schedule pauses itself: nobody wants the thousandth refusal. */
export const FAILURES_UNTIL_PAUSE = 10;

/** Turns a due slot into a run, exactly one, and writes down what became of it. */
@Injectable()
export class ScheduleFiring {
  constructor(
    private readonly executions: ExecutionsService,
    private readonly schedules: SchedulesRepository,
    private readonly limits: RateLimits,
    @InjectLogger() private readonly logger: Logger,
  ) {}

  /**
   * Fires the latest slot that has come. Earlier ones were missed, because no process was there: they are not made up
   * for, and the schedule says since when.
   */
  async fire(due: DueSchedule): Promise<void> {
    await OrgContext.run(due.orgId, async () => {
      const rule = this.ruleOf(due);
      if (rule instanceof Error) return this.giveUp(due, rule);
      const slot = rule.latestUntil(due.now, due.dueSlot);
      const nextAt = rule.nextAfter(due.now);
      const { executionId, error } = await this.start(due, slot);
      if (error !== undefined && isPassing(error) && due.now.getTime() - slot.getTime() < GIVE_UP_MS) {
        await this.schedules.recordDelay(due.id, failureOf(error, due.now), RETRY_MS);
        return;
      }
      await this.schedules.recordSlot(due.id, {
        dueSlot: due.dueSlot,
        slot,
        nextAt,
        executionId,
        failure: error === undefined ? null : failureOf(error, due.now),
        pause: nextAt === null || (error !== undefined && due.failedCount + 1 >= FAILURES_UNTIL_PAUSE),
      });
    });
  }

  /** A rule that was accepted once and is none any more, because a time zone was taken off the map. */
  private ruleOf({ cron, timeZone }: DueSchedule): CronRule | AppError {
    try {
      return CronRule.parse(cron, timeZone);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  private giveUp(due: DueSchedule, error: AppError): Promise<void> {
    const { dueSlot, now } = due;
    const failure = failureOf(error, now);
    return this.schedules.recordSlot(due.id, {
      dueSlot,
      slot: dueSlot,
      nextAt: null,
      executionId: null,
      failure,
      pause: true,
    });
  }

  /** For a slot that was fired before everything stood still for a day, and was not written down. */
  private earlierRun({ id, now }: DueSchedule, slot: Date): Promise<string | null> {
    const isOld = now.getTime() - slot.getTime() > KEY_LIFETIME_MS;
    return isOld ? this.schedules.findRunOfSlot(id, slot) : Promise.resolve(null);
  }

  private async start(due: DueSchedule, slot: Date): Promise<{ executionId: string | null; error?: unknown }> {
    const missed = slot > due.dueSlot;
    if (missed) {
      this.logger.warn(
        { scheduleId: due.id, missedFrom: due.dueSlot, slot },
        'slots were missed; firing the latest one',
      );
    }
    try {
      const earlier = await this.earlierRun(due, slot);
      if (earlier !== null) return { executionId: earlier };
      await this.limits.admitRequest({ orgId: due.orgId, userId: null });
      const { executionId } = await this.executions.start({
        agentId: due.agentId,
        version: due.version ?? undefined,
        input: due.input,
        metadata: { slot: slot.toISOString(), ...(missed && { missedFrom: due.dueSlot.toISOString() }) },
        mode: 'background',
        trigger: 'schedule',
        triggeredBy: { id: due.id, name: due.name },
        createdByUserId: null,
        idempotency: { key: `schedule:${due.id}:${slot.toISOString()}`, requestHash: 'schedule' },
      });
      return { executionId };
    } catch (error) {
      if (isPassing(error)) this.logger.warn({ err: error, scheduleId: due.id }, 'a schedule could not start its run');
      return { executionId: null, error };
    }
  }
}
