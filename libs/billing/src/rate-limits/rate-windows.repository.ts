import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import { Gathering } from '../gathering.js';
import type { Meter, RateSubject, RateWindow, RateWish } from './rate-window.js';

const REASON = 'rate limits of whoever asks this process at this moment';

/** Bounds one statement. */
const MAX_BATCH = 500;

interface GrantRow {
  readonly place: number;
  readonly granted: string;
  readonly used: string;
  readonly endsAt: Date;
  readonly seconds: number;
}

/**
 * The windows of the rate limits, in the database: exact however many processes ask, and not forgotten when Redis is
 * emptied. What a process asks for at the same moment is one statement.
 */
@Injectable()
export class RateWindowsRepository {
  private readonly wishes = new Gathering<RateWish, RateWindow>((wishes) => this.takeAll(wishes), MAX_BATCH);

  constructor(private readonly database: OrgDatabase) {}

  /** Takes all units of the wish, or none. */
  take(wish: RateWish): Promise<RateWindow> {
    return this.wishes.ask(wish);
  }

  /** What is taken from the windows that run. */
  async used({ orgId, userId }: RateSubject): Promise<Map<Meter, { used: number; endsAt: Date }>> {
    const rows = await this.database.acrossOrgsStatement<{ meter: Meter; used: number; endsAt: Date }>(
      REASON,
      `SELECT meter, used::float8 AS used, ends_at AS "endsAt" FROM rate_window
        WHERE org_id = $1 AND subject = $2 AND ends_at > clock_timestamp()`,
      [orgId, userId ?? orgId],
    );
    return new Map(rows.map(({ meter, used, endsAt }) => [meter, { used, endsAt }]));
  }

  private async takeAll(wishes: readonly RateWish[]): Promise<RateWindow[]> {
    const rows = await this.database.acrossOrgsStatement<GrantRow>(
      REASON,
      `SELECT place, granted, used, ends_at AS "endsAt",
              greatest(0, extract(epoch FROM ends_at - clock_timestamp()))::float8 AS seconds
         FROM take_rate($1::json)`,
      [JSON.stringify(wishes.map(wishRow))],
    );
    const byPlace = new Map(rows.map((row) => [row.place, row]));
    return wishes.map((wish, place) => windowOf(wish, byPlace.get(place)));
  }
}

function wishRow({ orgId, userId, meter, units, bound }: RateWish, place: number): Record<string, unknown> {
  return { place, org_id: orgId, subject: userId ?? orgId, meter, units, bound, whole: true };
}

function windowOf({ units, bound }: RateWish, row: GrantRow | undefined): RateWindow {
  if (!row) throw new Error('The database did not answer for a rate limit.');
  return {
    granted: units <= 0 || Number(row.granted) === units,
    limit: bound,
    remaining: Math.max(0, bound - Number(row.used)),
    resetsAt: row.endsAt,
    resetsInSeconds: Math.max(1, Math.ceil(row.seconds)),
  };
}
