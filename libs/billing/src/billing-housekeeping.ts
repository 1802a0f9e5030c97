import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';

/** Lets go of what nothing is added up from any more. Ledger and usage records stay. */
@Injectable()
export class BillingHousekeeping {
  constructor(private readonly database: OrgDatabase) {}

  async tidy(): Promise<void> {
    for (const statement of STATEMENTS) {
      await this.database.acrossOrgsStatement('windows and reservations that are long over', statement, []);
    }
  }
}

const STATEMENTS = [
  `DELETE FROM rate_window WHERE ends_at < now() - interval '1 day'`,
  `DELETE FROM reservation WHERE state <> 'open' AND closed_at < now() - interval '40 days'`,
  // Days and months are what people look back at; of a run there is the run itself.
  `DELETE FROM budget b
    WHERE b.created_at < now() - interval '400 days' AND b.scope <> 'balance' AND b.reserved_micro_usd = 0
      AND NOT EXISTS (SELECT 1 FROM execution e WHERE b.scope = 'run' AND e.id = b.subject AND e.status IN ('queued', 'running', 'waiting'))`,
];
