import { Link } from '@tanstack/react-router';
import { ArrowLeft, SearchX } from 'lucide-react';
import type { Wait } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { WaitDecision } from '@/shared/waits/wait-decision';

export interface ApprovalDetailProps {
  /** Absent when the address names one that is not in the list. */
  wait: Wait | undefined;
  onKnown: (wait: Wait) => void;
  onBack: () => void;
}

const linkLooks = 'hover:text-text underline underline-offset-2';

/** One question in full: who asks, what about, and the decision. */
export function ApprovalDetail({ wait, onKnown, onBack }: ApprovalDetailProps) {
  const back = (
    <Button variant="quiet" className="-ml-3 self-start lg:hidden" icon={<ArrowLeft />} onClick={onBack}>
      All approvals
    </Button>
  );
  if (!wait) {
    return (
      <div className="flex flex-col p-4 sm:px-6">
        {back}
        <EmptyState
          icon={<SearchX />}
          title="It is not in this list"
          action={
            <Button asChild>
              <Link to="/approvals" search={{ state: 'answered' }}>
                Show what was decided
              </Link>
            </Button>
          }
        >
          Somebody may have decided it, or its run has ended.
        </EmptyState>
      </div>
    );
  }
  return (
    <article aria-labelledby="approval-title" className="flex max-w-2xl flex-col gap-4 p-4 sm:px-6">
      {back}
      <header className="flex flex-col gap-1">
        <h2 id="approval-title" className="text-lg font-semibold break-words">
          {wait.title}
        </h2>
        <p className="text-muted flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <Link to="/agents/$agentId" params={{ agentId: wait.agentId }} className={linkLooks}>
            {wait.agentName}
          </Link>
          <Link
            to="/runs/$executionId"
            params={{ executionId: wait.executionId }}
            search={{ step: wait.path }}
            className={linkLooks}
          >
            Run {wait.executionId.slice(-8)}
          </Link>
          <span>
            asked <RelativeTime at={wait.createdAt} />
          </span>
          {wait.kind === 'effect' && <Badge tone="warning">outcome unknown</Badge>}
        </p>
      </header>
      {wait.kind === 'effect' && wait.state === 'open' && (
        <p>
          The connection broke before the answer came. Look on the other side whether it has arrived there; nothing is
          sent again unless you say that it did not happen.
        </p>
      )}
      <WaitDecision wait={wait} onKnown={onKnown} />
    </article>
  );
}
