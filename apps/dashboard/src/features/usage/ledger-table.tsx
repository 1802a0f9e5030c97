import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ReceiptText } from 'lucide-react';
import type { LedgerEntry, LedgerKind } from '@/shared/api/generated/schema';
import { NextPage } from '@/shared/ui/next-page';
import { type Column, DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { Money } from '@/shared/ui/money';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ledgerQuery } from './usage-queries';

const WORDS: Record<LedgerKind, string> = {
  top_up: 'Paid in',
  reserve: 'Set aside for a call',
  settle: 'Call settled',
  release: 'Given back',
  adjust: 'Adjusted',
};

const COLUMNS: readonly Column<LedgerEntry>[] = [
  { id: 'at', header: 'When', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
  { id: 'what', header: 'What', cell: (entry) => <What entry={entry} /> },
  {
    id: 'cost',
    header: 'Cost of the call',
    align: 'end',
    from: 'sm',
    cell: ({ settledMicroUsd }) => (settledMicroUsd === null ? '' : <Money microUsd={settledMicroUsd} />),
  },
  { id: 'amount', header: 'Balance', align: 'end', cell: ({ amountMicroUsd }) => <Change microUsd={amountMicroUsd} /> },
  {
    id: 'run',
    header: 'Run',
    from: 'md',
    cell: ({ executionId }) =>
      executionId !== null && (
        <Link to="/runs/$executionId" params={{ executionId }} className="underline-offset-2 hover:underline">
          Open
        </Link>
      ),
  },
];

/** Every movement of money, newest first. */
export function LedgerTable() {
  const ledger = useInfiniteQuery(ledgerQuery());
  if (ledger.isPending) return <SkeletonRows label="the ledger" />;
  if (ledger.isError)
    return (
      <ErrorState title="The ledger could not be loaded" error={ledger.error} onRetry={() => void ledger.refetch()} />
    );
  const rows = ledger.data.pages.flatMap((page) => page.data);
  return (
    <>
      <div className="bg-surface overflow-hidden rounded-lg border">
        {rows.length === 0 ? (
          <EmptyState icon={<ReceiptText />} title="Nothing has moved yet">
            Each model call sets money aside and settles it; both stand here for good.
          </EmptyState>
        ) : (
          <DataTable label="Ledger" columns={COLUMNS} rows={rows} rowKey={({ id }) => id} shortcuts={false} />
        )}
      </div>
      <NextPage of={ledger} />
    </>
  );
}

function What({ entry: { kind, note, shortfallMicroUsd } }: { entry: LedgerEntry }) {
  return (
    <>
      {WORDS[kind]}
      {note !== null && <span className="text-muted"> · {note}</span>}
      {shortfallMicroUsd > 0 && (
        <span className="text-danger">
          {' '}
          · <Money microUsd={shortfallMicroUsd} /> beyond the balance
        </span>
      )}
    </>
  );
}

function Change({ microUsd }: { microUsd: number }) {
  return (
    <>
      {microUsd > 0 && '+'}
      <Money microUsd={microUsd} />
    </>
  );
}
