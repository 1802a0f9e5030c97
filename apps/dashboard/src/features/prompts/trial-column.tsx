import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import { isFinalStatus } from '@/features/run-page/run-status';
import { usageOf } from '@/features/run-page/run-usage';
import { useKeepAtEnd } from '@/features/run-page/use-keep-at-end';
import type { Trial } from '@/shared/api/generated/schema';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { useExecutionTimeline } from '@/shared/live/use-execution-timeline';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { Duration } from '@/shared/ui/duration';
import { Money } from '@/shared/ui/money';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { Skeleton } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tokens } from '@/shared/ui/tokens';

export interface TrialColumnProps {
  trial: Trial;
  /** What was asked: "Draft with simulated/offline". */
  label: string;
  /** The column says something else by now. */
  isOutdated: boolean;
}

/** One answer as it comes: text, state, tokens, cost, time. */
export function TrialColumn({ trial, label, isOutdated }: TrialColumnProps) {
  const { timeline, connection, error, retry } = useExecutionTimeline(trial.executionId);
  const text = answerOf(timeline);
  const growing = timeline.status === 'running';
  const box = useRef<HTMLDivElement>(null);
  useKeepAtEnd(box, text.length, growing);
  const simulated = [...timeline.steps.values()].some((step) => step.simulated);
  return (
    <div className="flex min-w-0 flex-1 flex-col border-t">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 text-sm" aria-live="polite">
        <StatusMark status={timeline.status} />
        {simulated && <SimulatedLabel />}
        {isOutdated && <span className="text-muted">{label}</span>}
        <span className="ml-auto flex items-center gap-2">
          {text !== '' && <CopyButton text={text} label="answer" />}
          <Link
            to="/runs/$executionId"
            params={{ executionId: trial.executionId }}
            className="text-accent inline-flex min-h-6 items-center underline-offset-2 hover:underline"
          >
            Open run
          </Link>
        </span>
      </div>
      {connection === 'failed' && (
        <Callout tone="danger" announce className="mx-4 mt-3" title="The run cannot be followed">
          <p>{error instanceof Error ? error.message : 'The connection was lost.'}</p>
          <Button size="sm" className="mt-2" onClick={retry}>
            Try again
          </Button>
        </Callout>
      )}
      <div
        ref={box}
        role="region"
        aria-label={`Answer of ${label}`}
        tabIndex={0}
        className="max-h-96 min-h-24 flex-1 overflow-y-auto px-4 py-3 focus-visible:outline-offset-[-2px]"
      >
        {text === '' && !isFinalStatus(timeline.status) && <Skeleton className="h-16" />}
        <p className="break-words whitespace-pre-wrap">
          {text}
          {growing && text !== '' && (
            <span aria-hidden className="bg-accent quiet-pulse ml-0.5 inline-block h-4 w-1.5 align-text-bottom" />
          )}
        </p>
        {timeline.error && (
          <p role="alert" className="text-danger mt-2 text-sm break-words">
            {timeline.error.message} <code className="break-all">{timeline.error.code}</code>
          </p>
        )}
      </div>
      <Measures timeline={timeline} />
      <details className="border-t px-4 py-2">
        <summary className="text-muted min-h-6 cursor-pointer text-sm">What was sent</summary>
        {trial.system !== '' && <Sent label="System" text={trial.system} />}
        <Sent label="User" text={trial.user} />
      </details>
    </div>
  );
}

function Measures({ timeline }: { timeline: ExecutionTimeline }) {
  const usage = usageOf(timeline);
  const { startedAt, finishedAt } = timeline;
  const firstText = firstTextMs(timeline);
  return (
    <dl className="text-muted grid grid-cols-2 gap-x-4 gap-y-1 border-t px-4 py-2 text-sm">
      <Measure label="Tokens">{usage ? <Tokens usage={usage} /> : '–'}</Measure>
      <Measure label="Cost">{usage ? <Money microUsd={usage.costMicroUsd} /> : '–'}</Measure>
      <Measure label="Time">
        {startedAt === null ? (
          '–'
        ) : finishedAt === null ? (
          <Duration since={startedAt} />
        ) : (
          <Duration ms={Date.parse(finishedAt) - Date.parse(startedAt)} />
        )}
      </Measure>
      <Measure label="First text">{firstText === null ? '–' : <Duration ms={firstText} />}</Measure>
    </dl>
  );
}

function Measure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-2">
      <dt>{label}</dt>
      <dd className="text-text">{children}</dd>
    </div>
  );
}

function Sent({ label, text }: { label: string; text: string }) {
  return (
    <div className="bg-sunken mt-2 rounded-md border p-2">
      <p className="text-muted text-xs">{label}</p>
      <pre className="mt-1 max-h-60 overflow-y-auto font-mono text-sm break-words whitespace-pre-wrap">{text}</pre>
    </div>
  );
}

/** The text that has come, and of an answer that came at once the one in the output. */
function answerOf({ steps, output }: ExecutionTimeline): string {
  const streamed = [...steps.values()].map((step) => step.text).find((text) => text !== '');
  if (streamed !== undefined) return streamed;
  const text = typeof output === 'object' && output !== null ? (output as Record<string, unknown>).text : undefined;
  return typeof text === 'string' ? text : '';
}

/** From the start of the step that asks to the first of its text. */
function firstTextMs({ events }: ExecutionTimeline): number | null {
  const first = events.find(({ type }) => type === 'text-delta');
  const start = first && events.find(({ type, stepId }) => type === 'step-start' && stepId === first.stepId);
  return first && start ? Math.max(0, Date.parse(first.at) - Date.parse(start.at)) : null;
}
