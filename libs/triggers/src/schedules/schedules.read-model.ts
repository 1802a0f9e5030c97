import { Injectable } from '@nestjs/common';
import { isId } from '#platform/ids';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type LastRun, LAST_RUN_COLUMNS, LAST_RUN_JOIN, readTriggers, type TriggerListQuery } from '../trigger-list.js';
import { scheduleNotFound } from '../triggers.errors.js';
import type { Schedule } from './schedule.entity.js';

/** A schedule as lists and its page show it. */
export interface ScheduleRow
  extends Omit<Schedule, 'orgId' | 'claimedUntil' | 'failedCount' | 'lastExecutionId' | 'createdByUserId'>, LastRun {
  readonly agentName: string;
}

const SELECT = `SELECT t.id, t.agent_id AS "agentId", a.name AS "agentName", t.version, t.name, t.cron, t.time_zone AS "timeZone", t.input,
       t.enabled, t.next_at AS "nextAt", t.last_at AS "lastAt", t.missed_from AS "missedFrom", t.failure,
       t.created_at AS "createdAt", t.updated_at AS "updatedAt", ${LAST_RUN_COLUMNS}
  FROM schedule t JOIN agent a ON a.org_id = t.org_id AND a.id = t.agent_id ${LAST_RUN_JOIN}`;

@Injectable()
export class SchedulesReadModel {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws AppError not found */
  async get(id: string): Promise<ScheduleRow> {
    if (!isId(id)) throw scheduleNotFound();
    const [row] = await this.database.transaction((manager) =>
      manager.query<ScheduleRow[]>(`${SELECT} WHERE t.org_id = $1 AND t.id = $2`, [OrgContext.require(), id]),
    );
    if (!row) throw scheduleNotFound();
    return row;
  }

  list(query: TriggerListQuery): Promise<Page<ScheduleRow>> {
    return readTriggers(this.cursors, 'schedules', query, (window) =>
      this.database.transaction((manager) =>
        manager.query<ScheduleRow[]>(
          `${SELECT} WHERE t.org_id = $1 AND ($2::uuid IS NULL OR t.agent_id = $2) AND ($3::uuid IS NULL OR t.id < $3)
            ORDER BY t.id DESC LIMIT $4`,
          window,
        ),
      ),
    );
  }
}
