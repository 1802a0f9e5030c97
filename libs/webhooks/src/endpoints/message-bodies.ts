import { Injectable } from '@nestjs/common';
import { OrgContext, OrgDatabase } from '#tenancy';
import { type EventReference, MessageSources } from './message-sources.js';

/** Of what messages say and how; raised when receivers would have to read them otherwise. */
const API_VERSION = 'v1';

/** A delivery as far as its body depends on it. */
export interface UntoldEvent extends EventReference {
  readonly id: string;
  /** Said by whoever announced it; null when its source knows. */
  readonly data: Readonly<Record<string, unknown>> | null;
  /** From an earlier attempt. */
  readonly body: string | null;
  readonly createdAt: Date;
}

/** The text of a message: made when it is first sent and kept, so that every attempt has the same bytes. */
@Injectable()
export class MessageBodies {
  constructor(
    private readonly database: OrgDatabase,
    private readonly sources: MessageSources,
  ) {}

  /** JSON text; null when what it tells of is gone. */
  async of(event: UntoldEvent): Promise<string | null> {
    if (event.body !== null) return event.body;
    const data = event.data ?? (await this.sources.dataOf(event));
    if (data === null) return null;
    const body = messageBody(event.type, event.createdAt, data);
    const rows = await this.database.transaction(async (manager) => {
      await manager.query(`UPDATE endpoint_delivery SET body = $3 WHERE org_id = $1 AND id = $2 AND body IS NULL`, [
        OrgContext.require(),
        event.id,
        body,
      ]);
      return manager.query<{ body: string }[]>(`SELECT body FROM endpoint_delivery WHERE org_id = $1 AND id = $2`, [
        OrgContext.require(),
        event.id,
      ]);
    });
    return rows[0]?.body ?? null;
  }
}

/** `{ type, timestamp, apiVersion, data }`. @param at when it happened */
export function messageBody(type: string, at: Date, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), apiVersion: API_VERSION, data });
}
