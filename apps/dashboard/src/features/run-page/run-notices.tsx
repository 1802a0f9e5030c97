import { X } from 'lucide-react';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { classNames } from '@/shared/ui/class-names';
import { Callout } from '@/shared/ui/callout';
import { IconButton } from '@/shared/ui/icon-button';
import { failureAdvice } from './failure-advice';
import { hasGoneWrong } from './run-status';
import { RunWhy } from './run-why';
import { useSilence } from './use-silence';
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
  const isSilent = useSilence(timeline);
  const isHeld = status === 'queued' || status === 'waiting' || (status === 'running' && isSilent);
  const lagging = connection === 'catching-up' || connection === 'polling';
  const isThereAny = actions.problem !== null || failure !== null || isHeld || lagging;
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
      {isHeld && <RunWhy executionId={row.id} status={status} actions={actions} onSelect={onSelect} />}
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
