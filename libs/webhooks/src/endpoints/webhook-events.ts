import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { announceEvents } from './announcement.js';
import type { EventType } from './event-types.js';

/** Tells the endpoints of the open organisation what has happened to it. */
@Injectable()
export class WebhookEvents {
  constructor(private readonly database: OrgDatabase) {}

  /**
   * In the open transaction: whoever makes it true calls this in the same one. Costs a look at an index when nobody
   * wants to know.
   * @param data becomes `data` of the message; ids and names, at most some KiB
   */
  async announce(type: EventType, data: Readonly<Record<string, unknown>>): Promise<void> {
    await this.database.transaction((manager) =>
      manager.query(STATEMENT, [OrgContext.require(), type, JSON.stringify(data)]),
    );
  }
}

const STATEMENT = announceEvents(
  'SELECT $1::uuid AS org_id, $2::text AS type, NULL::uuid AS execution_id, NULL::uuid AS wait_id, $3::json AS data',
);
