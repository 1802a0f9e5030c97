import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

const REASON = 'retention of the runs of every organisation';

/** Bounds one statement. */
const DELETE_AT_ONCE = 1_000;

/** First day of a month in UTC, `2026-11-01`. */
export type Month = string;

/** What is kept of runs, by the month in which they were accepted. */
@Injectable()
export class RunHistoryRepository {
  constructor(private readonly database: OrgDatabase) {}

  /** Makes room for the present month and the ones after it. */
  async prepareMonths(ahead: number): Promise<void> {
    await this.database.acrossOrgsStatement(
      REASON,
      `SELECT create_run_partitions((date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => n))::date)
         FROM generate_series(0, $1::int) AS n`,
      [ahead],
    );
  }

  /** Months that lie wholly before the days to keep and in which no run is open, oldest first. */
  async findExpiredMonths(keepDays: number): Promise<Month[]> {
    const rows = await this.database.acrossOrgsStatement<{ month: Month }>(
      REASON,
      `SELECT to_char(month, 'YYYY-MM-DD') AS month
         FROM (SELECT to_date(substring(relname FROM '\\d{4}_\\d{2}$'), 'YYYY_MM') AS month FROM pg_class
                WHERE relname ~ '^execution_event_\\d{4}_\\d{2}$' AND relkind = 'r') AS partition
        WHERE (month + interval '1 month') AT TIME ZONE 'UTC' < now() - make_interval(days => $1)
          AND NOT EXISTS (SELECT 1 FROM execution e
                           WHERE e.id >= first_run_id(month::timestamp AT TIME ZONE 'UTC')
                             AND e.id < first_run_id((month + interval '1 month') AT TIME ZONE 'UTC')
                             AND e.status IN ('queued', 'running', 'waiting'))
        ORDER BY 1`,
      [keepDays],
    );
    return rows.map(({ month }) => month);
  }

  /**
   * Deletes some of the month's runs with what they waited for and did to the outside world.
   * @returns whether there may be more
   */
  async deleteSomeRuns(month: Month): Promise<boolean> {
    const rows = await this.database.acrossOrgsStatement<{ id: string }>(
      REASON,
      `WITH old AS (
         SELECT id FROM execution
          WHERE id >= first_run_id($1::date::timestamp AT TIME ZONE 'UTC')
            AND id < first_run_id(($1::date + interval '1 month') AT TIME ZONE 'UTC')
          ORDER BY id LIMIT ${DELETE_AT_ONCE}
       ), waits AS (DELETE FROM wait WHERE execution_id IN (SELECT id FROM old)
       ), effects AS (DELETE FROM effect WHERE execution_id IN (SELECT id FROM old))
       DELETE FROM execution WHERE id IN (SELECT id FROM old) RETURNING id`,
      [month],
    );
    return rows.length === DELETE_AT_ONCE;
  }

  /** Drops the month's steps, events and log lines. */
  async dropMonth(month: Month): Promise<void> {
    await this.database.acrossOrgsStatement(REASON, `SELECT drop_run_partitions($1::date)`, [month]);
  }
}
