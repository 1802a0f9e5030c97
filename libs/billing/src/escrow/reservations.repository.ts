import { Injectable } from '@nestjs/common';
import { OrgDatabase } from '#tenancy';
import type { BudgetScope, CallToReserve, Settlement } from './reservation.js';

/** What became of one call. */
export interface ReserveOutcome {
  readonly id: string;
  /** Null: reserved. */
  readonly refusedBy: BudgetScope | null;
  readonly subjectId: string | null;
  readonly limitMicroUsd: number | null;
  readonly resetsAt: Date | null;
}

const REASON = 'model calls of the runs of this process are paid';

/** Reserves and closes in the database's own functions, see the migration that makes them. */
@Injectable()
export class ReservationsRepository {
  constructor(private readonly database: OrgDatabase) {}

  async reserve(
    calls: readonly (CallToReserve & { readonly id: string })[],
    userDayPreset: number | null,
  ): Promise<Map<string, ReserveOutcome>> {
    const rows = await this.database.acrossOrgsStatement<
      Omit<ReserveOutcome, 'limitMicroUsd'> & { bound: string | null }
    >(
      REASON,
      `SELECT id, refused_by AS "refusedBy", subject AS "subjectId", limit_micro_usd AS bound, resets_at AS "resetsAt"
         FROM reserve_spending($1::json, $2::bigint)`,
      [JSON.stringify(calls.map(callRow)), userDayPreset],
    );
    return new Map(
      rows.map(({ bound, ...row }) => [row.id, { ...row, limitMicroUsd: bound === null ? null : Number(bound) }]),
    );
  }

  /** Closes those that are still open. @returns how many were */
  async settle(settlements: readonly Settlement[]): Promise<number> {
    const rows = settlements.map(({ reservationId, amountMicroUsd }) => ({
      id: reservationId,
      amount: amountMicroUsd,
    }));
    const [row] = await this.database.acrossOrgsStatement<{ closed: number }>(
      REASON,
      `SELECT settle_reservations($1::json) AS closed`,
      [JSON.stringify(rows)],
    );
    return row?.closed ?? 0;
  }
}

function callRow(call: CallToReserve & { readonly id: string }): Record<string, unknown> {
  return {
    id: call.id,
    org_id: call.orgId,
    user_id: call.userId,
    execution_id: call.executionId,
    attempt: call.attempt ?? null,
    budget_execution_id: call.budgetExecutionId ?? call.executionId,
    run_budget: call.runBudgetMicroUsd,
    amount: call.amountMicroUsd,
  };
}
