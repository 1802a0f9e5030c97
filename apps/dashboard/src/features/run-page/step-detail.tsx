import { useMemo } from 'react';
import type { TabItem } from '@/shared/ui/tabs';
import type { ExecutionStep } from '@/shared/api/generated/schema';
import { openWait, triesOf, type ExecutionTimeline, type TimelineStep } from '@/shared/live/execution-timeline';
import { Duration } from '@/shared/ui/duration';
import { ErrorState } from '@/shared/ui/error-state';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { LargeValue } from '@/shared/ui/large-value';
import { Money } from '@/shared/ui/money';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tabs } from '@/shared/ui/tabs';
import { Tokens } from '@/shared/ui/tokens';
import { Deadline } from '@/shared/waits/deadline';
import { waitedFor } from '@/shared/waits/wait-words';
import { DetailPanel } from './detail-panel';
import { EventList } from './event-list';
import { LiveDuration } from './live-duration';
import { LogList } from './log-list';
import { NodeKindIcon, nodeKindWord } from './node-kind-mark';
import { RunQuestions } from './run-questions';
import { Scrolling } from './scrolling';
import { StepError } from './step-error';
import { inputOf, largeFieldsOf } from './step-facts';
import { ASKS_A_MODEL, StepGenerations } from './step-generations';
import { stepLabel } from './step-label';
import { StepOutput } from './step-output';
import { StepPrompt } from './step-prompt';
import { ACTS, StepReceipts } from './step-receipts';
import { SubRunLink } from './sub-run-status';
import type { Asked } from './use-asked';

export interface StepDetailProps {
  timeline: ExecutionTimeline;
  step: TimelineStep;
  row: ExecutionStep | undefined;
  rowsPending: boolean;
  rowsError: unknown;
  takenOver: boolean;
  originMs: number;
  modelIsSimulated: boolean;
  asked: Asked;
  panel: string | undefined;
  onPanel: (panel: string) => void;
  onClose: () => void;
}

/** Everything about one step. */
export function StepDetail(props: StepDetailProps) {
  const { timeline, step, row, takenOver, originMs, modelIsSimulated, asked, panel, onPanel, onClose } = props;
  const events = useMemo(
    () => timeline.events.filter((event) => event.stepId === step.path),
    [timeline.events, step.path],
  );
  const logs = useMemo(() => timeline.logs.filter((line) => line.path === step.path), [timeline.logs, step.path]);
  const input = inputOf(step, row);
  const failed = step.error !== null || step.attempts.some((attempt) => attempt.error !== null);
  const questions = asked.waits.filter(({ path }) => path === step.path);
  const items: TabItem[] = [
    ...(questions.length > 0
      ? [
          {
            value: 'decision',
            label: 'Decision',
            content: (
              <Scrolling label="Decision">
                <RunQuestions asked={{ ...asked, waits: questions }} />
              </Scrolling>
            ),
          },
        ]
      : []),
    { value: 'input', label: 'Input', content: <InputPanel {...props} input={input} asPrompt={false} /> },
    ...(step.kind === 'llm' || step.kind === 'agent'
      ? [{ value: 'prompt', label: 'Prompt as sent', content: <InputPanel {...props} input={input} asPrompt /> }]
      : []),
    {
      value: 'output',
      label: 'Output',
      content: (
        <StepOutput executionId={timeline.executionId} step={step} row={row} modelIsSimulated={modelIsSimulated} />
      ),
    },
    ...(ASKS_A_MODEL.has(step.kind)
      ? [
          {
            value: 'models',
            label: 'Model calls',
            content: (
              <Scrolling label="Model calls">
                <StepGenerations executionId={timeline.executionId} step={step} />
              </Scrolling>
            ),
          },
        ]
      : []),
    ...(ACTS.has(step.kind)
      ? [
          {
            value: 'receipt',
            label: 'Receipt',
            content: (
              <Scrolling label="Receipt">
                <StepReceipts executionId={timeline.executionId} step={step} />
              </Scrolling>
            ),
          },
        ]
      : []),
    {
      value: 'events',
      label: `Events ${events.length}`,
      content: (
        <EventList
          label="Events of the step"
          events={events}
          originMs={originMs}
          growing={step.status === 'running'}
          ofOneStep
        />
      ),
    },
    {
      value: 'logs',
      label: logs.length > 0 ? `Logs ${logs.length}` : 'Logs',
      content: (
        <Scrolling label="Logs">
          <LogList logs={logs} originMs={originMs} />
        </Scrolling>
      ),
    },
    ...(failed
      ? [
          {
            value: 'error',
            label: 'Error',
            content: (
              <Scrolling label="Error">
                <StepError step={step} />
              </Scrolling>
            ),
          },
        ]
      : []),
  ];
  const first = questions.length > 0 ? 'decision' : step.status === 'failed' ? 'error' : 'output';
  const shown = items.some((item) => item.value === panel) && panel !== undefined ? panel : first;
  return (
    <DetailPanel
      title={
        <span className="flex items-center gap-2">
          <NodeKindIcon kind={step.kind} />
          <span className="truncate">{stepLabel(step)}</span>
        </span>
      }
      details={<StepFacts step={step} takenOver={takenOver} />}
      onClose={onClose}
    >
      <Tabs label="Step" className="h-full" items={items} value={shown} onChange={onPanel} />
    </DetailPanel>
  );
}

function StepFacts({ step, takenOver }: { step: TimelineStep; takenOver: boolean }) {
  const wait = step.status === 'waiting' ? openWait(step.waits) : undefined;
  const runId = step.waits.findLast((each) => each.runId !== null)?.runId;
  return (
    <>
      <span>{nodeKindWord(step.kind)}</span>
      {takenOver ? (
        <span>Taken over from an earlier run</span>
      ) : (
        <StatusMark status={step.status} waitsFor={wait && waitedFor(wait.kind)} />
      )}
      {!takenOver && step.finishedAt !== null && (
        <Duration ms={Date.parse(step.finishedAt) - Date.parse(step.startedAt)} />
      )}
      {!takenOver && (step.status === 'running' || step.status === 'waiting') && (
        <LiveDuration since={step.startedAt} />
      )}
      {wait?.dueAt && <Deadline at={wait.dueAt} />}
      {runId && <SubRunLink executionId={runId} />}
      {triesOf(step) > 1 && <span>{triesOf(step)} tries</span>}
      {step.port !== null && step.port !== 'out' && <span>left by “{step.port}”</span>}
      {step.usage && (
        <>
          <Tokens usage={step.usage} />
          <Money microUsd={step.usage.costMicroUsd} />
        </>
      )}
    </>
  );
}

function InputPanel({
  timeline,
  step,
  row,
  rowsPending,
  rowsError,
  input,
  asPrompt,
}: StepDetailProps & { input: unknown; asPrompt: boolean }) {
  const { input: large } = largeFieldsOf(step, row);
  if (large) {
    return (
      <Scrolling label={asPrompt ? 'Prompt as sent' : 'Input'}>
        <LargeValue key={large.hash} executionId={timeline.executionId} reference={large} label="input">
          {asPrompt ? (value) => <StepPrompt input={value} /> : undefined}
        </LargeValue>
      </Scrolling>
    );
  }
  if (input !== undefined && input !== null) {
    return (
      <Scrolling label={asPrompt ? 'Prompt as sent' : 'Input'}>
        {asPrompt ? <StepPrompt input={input} /> : <JsonViewer value={input} label="input" openLevels={3} />}
      </Scrolling>
    );
  }
  if (step.status === 'running' || step.status === 'waiting' || step.status === 'interrupted')
    return <p className="text-muted p-4">What the step works with can be read once it has ended.</p>;
  if (rowsPending) return <SkeletonRows label="input" rows={4} />;
  if (rowsError) return <ErrorState title="The input could not be loaded" error={rowsError} />;
  if (input === null)
    return (
      <p className="text-muted p-4">
        This kind of step has no input of its own: it reads the run’s input and the outputs before it.
      </p>
    );
  return <p className="text-muted p-4">The step ended before its input was kept.</p>;
}
