import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Blocker } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Skeleton } from '@/shared/ui/skeleton';
import { Deadline } from '@/shared/waits/deadline';
import { whyQuery } from '@/shared/waits/waits-queries';
import { LiveDuration } from './live-duration';
import type { RunActions } from './use-run-actions';

export interface RunWhyProps {
  executionId: string;
  /** As the page shows it: `queued`, `waiting`, or `running` for one that has said nothing for a while. */
  status: string;
  actions: RunActions;
  onSelect: (path: string) => void;
}

const SHOWN = 4;

/** Why the run does not go on: what holds it, since when, until when, and what can be done. */
export function RunWhy({ executionId, status, actions, onSelect }: RunWhyProps) {
  const why = useQuery(whyQuery(executionId));
  const title = TITLES[status] ?? 'What it is at';
  if (why.isPending) {
    return (
      <Callout title={title}>
        <Skeleton className="my-1 h-3 w-72 max-w-full" />
      </Callout>
    );
  }
  if (why.isError) return <Callout title={title}>It is kept safely and goes on by itself as soon as it can.</Callout>;
  const { summary, blockers } = why.data;
  const shown = blockers.filter(({ kind }) => kind !== 'none').slice(0, SHOWN);
  const more = blockers.length - shown.length;
  const isHeld = status === 'waiting' || shown.some(({ kind }) => kind === 'approval' || kind === 'effect');
  return (
    <Callout tone={isHeld ? 'warning' : 'info'} title={summary || title}>
      <ul className="flex flex-col gap-1.5">
        {shown.map((blocker, index) => (
          <BlockerLine
            key={`${blocker.kind} ${blocker.waitId ?? blocker.path ?? index}`}
            blocker={blocker}
            repeatsSummary={shown.length === 1 && blocker.message === summary}
            actions={actions}
            onSelect={onSelect}
          />
        ))}
      </ul>
      {more > 0 && <p className="text-muted mt-1 text-sm">and {more.toLocaleString('en-US')} more</p>}
    </Callout>
  );
}

const TITLES: Record<string, string> = {
  queued: 'Waiting for a free worker',
  waiting: 'Waiting',
  running: 'Nothing new for a while',
};

interface BlockerLineProps {
  blocker: Blocker;
  repeatsSummary: boolean;
  actions: RunActions;
  onSelect: (path: string) => void;
}

function BlockerLine({ blocker, repeatsSummary, actions, onSelect }: BlockerLineProps) {
  const { message, since, deadline, path } = blocker;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {!repeatsSummary && <span className="break-words">{message}</span>}
      <span className="text-muted text-sm">
        for <LiveDuration since={since} />
      </span>
      {deadline && (
        <span className="text-sm">
          <Deadline at={deadline} />
        </span>
      )}
      <span className="flex flex-wrap gap-2">
        <BlockerButtons blocker={blocker} actions={actions} onSelect={onSelect} />
        {path !== undefined && !blocker.actions.includes('decide') && (
          <Button size="sm" variant="quiet" onClick={() => onSelect(path)}>
            Open the step
          </Button>
        )}
      </span>
    </li>
  );
}

/** The server says what can be done; what it names and this page does not know is left to a newer page. */
function BlockerButtons({ blocker, actions, onSelect }: Omit<BlockerLineProps, 'repeatsSummary'>) {
  const { path, runId } = blocker;
  const mayStart = useCan('executions:start');
  return blocker.actions.map((action) => {
    if (action === 'decide' && path !== undefined) {
      return (
        <Button key={action} size="sm" variant="primary" onClick={() => onSelect(path)}>
          Decide
        </Button>
      );
    }
    if (action === 'open-run' && runId !== undefined) {
      return (
        <Button key={action} size="sm" asChild>
          <Link to="/runs/$executionId" params={{ executionId: runId }}>
            Open the run
          </Link>
        </Button>
      );
    }
    if (action === 'open-usage') {
      return (
        <Button key={action} size="sm" asChild>
          <Link to="/usage">Usage & limits</Link>
        </Button>
      );
    }
    if (action === 'retry' && mayStart) {
      return (
        <Button key={action} size="sm" pending={actions.pending === 'retry'} onClick={actions.retry}>
          Retry
        </Button>
      );
    }
    // Cancelling stands in the head of the page for every unfinished run.
    return null;
  });
}
