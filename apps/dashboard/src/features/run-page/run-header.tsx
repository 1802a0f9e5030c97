import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { runTrigger } from '@/features/runs/run-words';
import { Badge } from '@/shared/ui/badge';
import { Duration } from '@/shared/ui/duration';
import { useNow } from '@/shared/format/use-now';
import { IdChip } from '@/shared/ui/id-chip';
import { Money } from '@/shared/ui/money';
import { PageHeader } from '@/shared/ui/page-header';
import { RelativeTime } from '@/shared/ui/relative-time';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tokens } from '@/shared/ui/tokens';
import { LiveDuration } from './live-duration';
import { RunButtons } from './run-buttons';
import { isFinalStatus } from './run-status';
import { usageOf } from './run-usage';
import { serverNow } from './server-clock';
import type { RunActions } from './use-run-actions';
import type { Execution } from '@/shared/api/generated/schema';
import type { Run } from './use-run';
import { queuedAgainMs, waitedMs } from './waited-ms';

const linkLooks = 'hover:text-text underline-offset-2 hover:underline';

/** Status, origin, time, tokens and cost of a run, and what can be done with it. */
export function RunHeader({ run, row, actions }: { run: Run; row: Execution; actions: RunActions }) {
  const { status } = run.timeline;
  const cancelling = !isFinalStatus(status) && (actions.pending === 'cancel' || row.cancelRequested === true);
  return (
    <PageHeader
      above={
        <span className="flex items-center gap-2">
          <Link to="/runs" className={linkLooks}>
            Runs
          </Link>
          <span aria-hidden>/</span>
          <IdChip id={row.id} label="run id" />
        </span>
      }
      title={
        <span className="flex flex-wrap items-center gap-x-3">
          <Link
            to="/agents/$agentId"
            params={{ agentId: row.agentId }}
            className="truncate underline-offset-2 hover:underline"
          >
            {row.agentName}
          </Link>
          <span className="text-base font-medium">
            {cancelling ? <span className="text-muted">Cancelling</span> : <StatusMark status={status} />}
          </span>
        </span>
      }
      details={<RunFacts run={run} row={row} />}
      actions={<RunButtons row={row} status={status} actions={actions} />}
    />
  );
}

function RunFacts({ run, row }: { run: Run; row: Execution }) {
  const usage = usageOf(run.timeline);
  const { parentId } = row;
  const crash = run.timeline.resumes.at(-1);
  return (
    <>
      <dl className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <Fact name="Version">
          <Link to="/agents/$agentId/versions" params={{ agentId: row.agentId }} className={linkLooks}>
            {row.version}
          </Link>
        </Fact>
        <Fact name="Trigger">
          {row.retryOf ? (
            <Link to="/runs/$executionId" params={{ executionId: row.retryOf }} className={`${linkLooks} underline`}>
              Retry of a run
            </Link>
          ) : parentId ? (
            <Link to="/runs/$executionId" params={{ executionId: parentId }} className={`${linkLooks} underline`}>
              Part of a run
            </Link>
          ) : (
            runTrigger(row)
          )}
        </Fact>
        <Fact name="Created">
          <RelativeTime at={row.createdAt} />
        </Fact>
        <RunTimes run={run} row={row} />
        <Fact name="Tokens">{usage ? <Tokens usage={usage} /> : 'none'}</Fact>
        <Fact name="Cost">{usage ? <Money microUsd={usage.costMicroUsd} /> : 'none'}</Fact>
      </dl>
      {crash && <Badge tone="warning">resumed after a restart, attempt {crash.attempt}</Badge>}
    </>
  );
}

/** Time in the queue, waiting, and altogether, apart; whichever is going on ticks. */
function RunTimes({ run: { startedAt, finishedAt, timeline }, row }: { run: Run; row: Execution }) {
  useNow(finishedAt === null && startedAt !== null ? 1000 : 0);
  if (startedAt === null) {
    return (
      <Fact name="Queued">
        {finishedAt === null ? (
          <LiveDuration since={row.createdAt} />
        ) : (
          <Duration ms={Date.parse(finishedAt) - Date.parse(row.createdAt)} />
        )}
      </Fact>
    );
  }
  const queuedMs =
    (row.queuedMs ?? Math.max(0, Date.parse(startedAt) - Date.parse(row.createdAt))) + queuedAgainMs(timeline);
  const waited = waitedMs(timeline, serverNow());
  return (
    <>
      <Fact name="Duration">
        {finishedAt === null ? (
          <LiveDuration since={startedAt} />
        ) : (
          <Duration ms={Date.parse(finishedAt) - Date.parse(startedAt)} />
        )}
      </Fact>
      <Fact name="Queued">
        <Duration ms={queuedMs} />
      </Fact>
      {waited > 0 && (
        <Fact name="Waited">
          <Duration ms={waited} />
        </Fact>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="inline-flex items-baseline gap-1.5">
      <dt>{name}</dt>
      <dd className="text-text">{children}</dd>
    </div>
  );
}
