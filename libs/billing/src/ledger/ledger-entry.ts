export const LEDGER_KINDS = ['top_up', 'reserve', 'settle', 'release', 'adjust'] as const;

export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** One movement of an organisation's money; the sum of all of them is its balance. Never changed, never taken out. */
export interface LedgerEntryRow {
  readonly id: string;
  readonly kind: LedgerKind;
  /** What it adds to the balance, micro-USD; negative for what is set aside. */
  readonly amountMicroUsd: number;
  /** For `settle`: what the model call cost. */
  readonly settledMicroUsd: number | null;
  /** For `settle`: what the call cost beyond the balance. */
  readonly shortfallMicroUsd: number;
  readonly reservationId: string | null;
  readonly executionId: string | null;
  readonly userId: string | null;
  readonly note: string | null;
  readonly createdAt: Date;
}
