import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import { useRef } from 'react';
import type { Wait, WaitPage } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { classNames } from '@/shared/ui/class-names';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { useShortcut } from '@/shared/ui/shortcuts';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';
import { Deadline } from '@/shared/waits/deadline';
import { decisionWord, isRefusal } from '@/shared/waits/wait-words';

export interface ApprovalsListProps {
  inbox: UseInfiniteQueryResult<InfiniteData<WaitPage>>;
  waits: readonly Wait[];
  decided: boolean;
  shownId: string | undefined;
  onChoose: (id: string) => void;
}

/** Waits as rows that open their detail. */
export function ApprovalsList({ inbox, waits, decided, shownId, onChoose }: ApprovalsListProps) {
  const list = useRef<HTMLUListElement>(null);
  const walk = (step: number) => {
    const index = waits.findIndex(({ id }) => id === shownId);
    const next = waits[index === -1 ? 0 : index + step];
    if (!next) return;
    onChoose(next.id);
    list.current?.querySelector<HTMLElement>(`[data-wait="${next.id}"]`)?.focus();
  };
  const usable = { group: 'Lists', enabled: waits.length > 0 };
  useShortcut('j', () => walk(1), { label: 'Next row', ...usable });
  useShortcut('k', () => walk(-1), { label: 'Previous row', ...usable });

  if (inbox.isPending) return <SkeletonRows label="approvals" />;
  if (inbox.isError && waits.length === 0)
    return (
      <ErrorState title="The approvals could not be loaded" error={inbox.error} onRetry={() => void inbox.refetch()} />
    );
  if (waits.length === 0) return <NothingHere decided={decided} />;
  return (
    <>
      <ul ref={list} aria-label={decided ? 'Decided' : 'Open'}>
        {waits.map((wait) => (
          <li key={wait.id} className="border-b">
            <Link
              to="/approvals"
              search={{ state: decided ? 'answered' : undefined, wait: wait.id }}
              replace
              data-wait={wait.id}
              aria-current={wait.id === shownId ? 'true' : undefined}
              className={classNames(
                'flex flex-col gap-0.5 px-4 py-2.5 no-underline focus-visible:outline-offset-[-2px] sm:px-6',
                wait.id === shownId ? 'lg:bg-selected hover:bg-hover' : 'hover:bg-hover',
              )}
            >
              <span className="flex items-baseline gap-3">
                <span className="line-clamp-2 min-w-0 flex-1 font-medium break-words">{wait.title}</span>
                <span className="text-muted shrink-0 text-sm">
                  <RelativeTime at={decided ? wait.answeredAt : wait.createdAt} />
                </span>
              </span>
              <span className="text-muted flex flex-wrap items-center gap-x-3 text-sm">
                <span className="truncate">
                  {wait.agentName} · run {wait.executionId.slice(-8)}
                </span>
                {!decided && wait.dueAt && <Deadline at={wait.dueAt} />}
                {decided && <Outcome wait={wait} />}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <NextPage of={inbox}>{decided ? 'Earlier decisions' : 'Older ones'}</NextPage>
    </>
  );
}

function Outcome({ wait: { answer, answeredBy } }: { wait: Wait }) {
  if (!answer) return null;
  const mark = isRefusal(answer.decision) ? 'failed' : answer.decision === 'timeout' ? 'timed_out' : 'succeeded';
  return (
    <span className="inline-flex items-center gap-1.5">
      <StatusMark status={mark} hideWord />
      {decisionWord(answer.decision)}
      {answeredBy && ` by ${answeredBy.name}`}
    </span>
  );
}

function NothingHere({ decided }: { decided: boolean }) {
  if (decided) return <EmptyState icon={<Inbox />} title="Nothing was decided yet" />;
  return (
    <EmptyState
      icon={<Inbox />}
      title="Nobody is asked anything"
      action={
        <Button asChild>
          <Link to="/agents">Show the agents</Link>
        </Button>
      }
    >
      An agent asks here when a run reaches an “Approval” step, or when nobody knows whether something it did has
      happened. Runs wait as long as they have to.
    </EmptyState>
  );
}
