import { X } from 'lucide-react';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { classNames } from '@/shared/ui/class-names';
import { Callout } from '@/shared/ui/callout';
import { IconButton } from '@/shared/ui/icon-button';
import { failureAdvice } from './failure-advice';
import { LiveDuration } from './live-duration';
import { hasGoneWrong } from './run-status';
import type { RunActions } from './use-run-actions';
import type { Execution, Failure } from '@/shared/api/generated/schema';
import type { Run } from './use-run';

export interface RunNoticesProps {
  run: Run;
  row: Execution;
  connection: LiveTimeline['connection'];
  actions: RunActions;
  onSelect: (path: string) => void;
}

/** What has to be known before anything else: why it failed, what it waits for, whether the page is up to date. */
export function RunNotices({ run, row, connection, actions, onSelect }: RunNoticesProps) {
  const { timeline } = run;
  const status = timeline.status;
  const failure = hasGoneWrong(status) ? (timeline.error ?? row.error) : null;
  const lagging = connection === 'catching-up' || connection === 'polling';
  const isThereAny =
    actions.problem !== null || failure !== null || status === 'queued' || status === 'waiting' || lagging;
  return (
    <div className={classNames('flex shrink-0 flex-col gap-2 px-4 sm:px-6', isThereAny && 'border-b py-3')}>
      {actions.problem && (
        <Callout tone="danger" title={actions.problem.title} announce>
          <div className="flex items-start gap-2">
            <span className="flex-1">{actions.problem.message}</span>
            <IconButton size="sm" label="Dismiss" icon={<X />} onClick={actions.dismissProblem} />
          </div>
        </Callout>
      )}
      {failure && <FailureNotice failure={failure} timeline={timeline} actions={actions} onSelect={onSelect} />}
      {status === 'queued' && <QueuedNotice since={row.createdAt} />}
      {status === 'waiting' && <WaitingNotice timeline={timeline} onSelect={onSelect} />}
      <div role="status">
        {connection === 'catching-up' && (
          <Callout tone="warning">Connection lost, catching up. What is shown stays; nothing is missed.</Callout>
        )}
        {connection === 'polling' && (
          <Callout>
            Live updates do not get through here, so the page asks for them. They may come a little later.
          </Callout>
        )}
      </div>
    </div>
  );
}

interface FailureNoticeProps {
  failure: Failure;
  timeline: ExecutionTimeline;
  actions: RunActions;
  onSelect: (path: string) => void;
}

function FailureNotice({ failure, timeline, actions, onSelect }: FailureNoticeProps) {
  const mayStart = useCan('executions:start');
  const path = failure.stepId ?? [...timeline.steps.values()].findLast((step) => step.status === 'failed')?.path;
  const step = path === undefined ? undefined : timeline.steps.get(path);
  const title = step
    ? `The step “${step.name ?? step.path}” failed`
    : timeline.status === 'timed_out'
      ? 'The run took too long'
      : 'The run failed';
  return (
    <Callout tone="danger" title={title}>
      <p className="break-words">
        {failure.message} <code className="text-muted text-sm break-all">{failure.code}</code>
      </p>
      <p className="mt-1">{failureAdvice(failure)}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {mayStart && (
          <Button size="sm" pending={actions.pending === 'retry'} onClick={actions.retry}>
            Retry from the failed step
          </Button>
        )}
        {step && (
          <Button size="sm" variant="quiet" onClick={() => onSelect(step.path)}>
            Open the step
          </Button>
        )}
      </div>
    </Callout>
  );
}

function QueuedNotice({ since }: { since: string }) {
  return (
    <Callout title="Waiting for a free worker">
      Accepted <LiveDuration since={since} /> ago and kept safely. It starts by itself; if that takes long, check that a
      worker is running and not busy with other runs.
    </Callout>
  );
}

function WaitingNotice({ timeline, onSelect }: { timeline: ExecutionTimeline; onSelect: (path: string) => void }) {
  const open = [...timeline.steps.values()].filter((step) => step.status === 'running');
  return (
    <Callout tone="warning" title={open.length > 0 ? 'Waiting at a step' : 'Waiting for something outside'}>
      <p>It holds no worker meanwhile and goes on by itself as soon as what it waits for is there.</p>
      <div className="mt-1 flex flex-wrap gap-2">
        {open.slice(0, 5).map((step) => (
          <Button key={step.path} size="sm" onClick={() => onSelect(step.path)}>
            {step.name ?? step.path}
          </Button>
        ))}
      </div>
    </Callout>
  );
}
