import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext, OrgDatabase } from '#tenancy';
import type { LedgerEntryRow } from './ledger-entry.js';

/** The ledger as people add to it and read it; calls write theirs through the escrow. */
@Injectable()
export class LedgerRepository {
  constructor(
    private readonly database: OrgDatabase,
    private readonly cursors: CursorCodec,
  ) {}

  /** Pays in. @param amountMicroUsd positive */
  async topUp(amountMicroUsd: number, userId: string, note: string | null): Promise<LedgerEntryRow> {
    const [entry] = await this.rows<LedgerEntryRow>(
      `WITH credited AS (
         INSERT INTO budget (org_id, scope, subject, starts_on, credited_micro_usd) VALUES ($1, 'balance', $1, '1970-01-01', $2)
         ON CONFLICT (org_id, scope, subject, starts_on) DO UPDATE SET credited_micro_usd = budget.credited_micro_usd + $2
         RETURNING org_id
       ), entry AS (
         INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd, user_id, note)
         SELECT new_billing_id(), org_id, 'top_up', $2, $3, $4 FROM credited RETURNING *
       ) SELECT ${COLUMNS} FROM entry l`,
      [OrgContext.require(), amountMicroUsd, userId, note],
    );
    if (!entry) throw new Error('The database kept no entry of what was paid in.');
    return entry;
  }

  /** Lifts a balance below zero to zero, with an entry that says so. */
  async forgiveDebt(): Promise<void> {
    await this.rows(
      `WITH debt AS (
         SELECT org_id, spent_micro_usd + reserved_micro_usd - credited_micro_usd AS amount FROM budget
          WHERE org_id = $1 AND scope = 'balance' FOR NO KEY UPDATE
       ), lifted AS (
         UPDATE budget b SET credited_micro_usd = b.credited_micro_usd + d.amount
           FROM debt d WHERE b.org_id = d.org_id AND b.scope = 'balance' AND d.amount > 0
       )
       INSERT INTO ledger_entry (id, org_id, kind, amount_micro_usd, note)
       SELECT new_billing_id(), org_id, 'adjust', amount, $2 FROM debt WHERE amount > 0 RETURNING id`,
      [OrgContext.require(), 'What was spent before the balance was prepaid'],
    );
  }

  /** Newest first. */
  async list({ limit, cursor }: { limit: number; cursor?: string }): Promise<Page<LedgerEntryRow>> {
    const orgId = OrgContext.require();
    const name = `ledger:${orgId}`;
    const before = cursor === undefined ? null : this.cursors.decode(name, cursor).id;
    const rows = await this.rows<LedgerEntryRow>(
      `SELECT ${COLUMNS} FROM ledger_entry l WHERE l.org_id = $1 AND ($2::uuid IS NULL OR l.id < $2) ORDER BY l.id DESC LIMIT $3`,
      [orgId, before, limit + 1],
    );
    return this.cursors.page(name, rows, limit, ({ id, createdAt }) => ({ id, at: createdAt.toISOString() }));
  }

  private rows<R>(sql: string, parameters: unknown[]): Promise<R[]> {
    return this.database.transaction((manager) => manager.query<R[]>(sql, parameters));
  }
}

const COLUMNS = `l.id, l.kind, l.amount_micro_usd::float8 AS "amountMicroUsd", l.settled_micro_usd::float8 AS "settledMicroUsd",
  l.shortfall_micro_usd::float8 AS "shortfallMicroUsd", l.reservation_id AS "reservationId", l.execution_id AS "executionId",
  l.user_id AS "userId", l.note, l.created_at AS "createdAt"`;
