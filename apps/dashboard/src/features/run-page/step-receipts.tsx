import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { executionsReceipts } from '@/shared/api/generated/operations';
import type { Receipt, ReceiptState } from '@/shared/api/generated/schema';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { Badge, type Tone } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { CopyButton } from '@/shared/ui/copy-button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';

/** Kinds of steps that may do something to the outside world. */
export const ACTS: ReadonlySet<string> = new Set(['http', 'tool']);

const PAGE_SIZE = 50;

const receiptsQuery = (executionId: string, stepPath: string) =>
  infiniteQueryOptions({
    queryKey: ['executions', 'receipts', executionId, stepPath],
    queryFn: ({ pageParam, signal }) =>
      executionsReceipts({ id: executionId, query: { stepPath, limit: PAGE_SIZE, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.hasMore ? (page.nextCursor ?? undefined) : undefined),
  });

/** What a step did to the outside world, as the effect ledger has it. */
export function StepReceipts({ executionId, step }: { executionId: string; step: TimelineStep }) {
  // With every change of its state there may be more.
  return <Receipts key={`${step.status} ${step.finishedAt}`} executionId={executionId} path={step.path} />;
}

function Receipts({ executionId, path }: { executionId: string; path: string }) {
  const query = useInfiniteQuery(receiptsQuery(executionId, path));
  if (query.isPending) return <SkeletonRows label="receipts" rows={2} />;
  if (query.isError) {
    return (
      <ErrorState title="The receipts could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const receipts = query.data.pages.flatMap(({ data }) => data);
  if (receipts.length === 0) {
    return (
      <EmptyState title="Nothing was changed outside">
        The step only read something, or has not acted yet. What it does to the outside world is entered here before it
        happens.
      </EmptyState>
    );
  }
  return (
    <>
      <ol className="flex flex-col gap-3 p-4">
        {receipts.map((receipt) => (
          <li key={receipt.call} className="rounded-md border p-3">
            <ReceiptCard receipt={receipt} />
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <div className="flex justify-center pb-4">
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

const STATES: Record<ReceiptState, { tone: Tone; word: string; meaning: string }> = {
  intended: { tone: 'accent', word: 'Intended', meaning: 'Entered before it was begun; its outcome is not known yet.' },
  completed: { tone: 'success', word: 'Completed', meaning: 'It happened. No retry of this run does it again.' },
  failed: { tone: 'danger', word: 'Failed', meaning: 'It did not happen.' },
  unknown: { tone: 'warning', word: 'Outcome unknown', meaning: 'It was begun and no answer came.' },
};

function ReceiptCard({ receipt: { state, round, requestHash, createdAt, updatedAt } }: { receipt: Receipt }) {
  const { tone, word, meaning } = STATES[state];
  return (
    <>
      <p className="flex flex-wrap items-center gap-1.5">
        <Badge tone={tone}>{word}</Badge>
        {round > 1 && <Badge>{`Begun ${round} times`}</Badge>}
      </p>
      <p className="mt-2">{meaning}</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5 text-sm">
        <dt className="text-muted">Entered</dt>
        <dd>
          <RelativeTime at={createdAt} />
        </dd>
        <dt className="text-muted">Outcome</dt>
        <dd>{state === 'intended' ? 'not yet' : <RelativeTime at={updatedAt} />}</dd>
        <dt className="text-muted">Request</dt>
        <dd className="flex min-w-0 items-center gap-1">
          <span className="font-mono text-xs break-all">sha-256 {requestHash.slice(0, 16)}…</span>
          <CopyButton text={requestHash} label="hash of the request" />
        </dd>
      </dl>
    </>
  );
}
