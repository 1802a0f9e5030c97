import { infiniteQueryOptions } from '@tanstack/react-query';
import { executionsReceipts } from '@/shared/api/generated/operations';
import type { Receipt, ReceiptState } from '@/shared/api/generated/schema';
import type { TimelineStep } from '@/shared/live/execution-timeline';
import { Badge, type Tone } from '@/shared/ui/badge';
import { CopyButton } from '@/shared/ui/copy-button';
import { EmptyState } from '@/shared/ui/empty-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { RecordList } from './record-list';

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
  return (
    <RecordList
      // With every change of its state there may be more.
      key={`${step.status} ${step.finishedAt}`}
      query={receiptsQuery(executionId, step.path)}
      what="receipts"
      keyOf={({ call }) => call}
      empty={
        <EmptyState title="Nothing was changed outside">
          The step only read something, or has not acted yet. What it does to the outside world is entered here before
          it happens.
        </EmptyState>
      }
    >
      {(receipt) => <ReceiptCard receipt={receipt} />}
    </RecordList>
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
