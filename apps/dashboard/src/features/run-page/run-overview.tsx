import type { ReactNode } from 'react';
import { triesOf, type ExecutionTimeline } from '@/shared/live/execution-timeline';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { LargeValue } from '@/shared/ui/large-value';
import { Money } from '@/shared/ui/money';
import { Skeleton } from '@/shared/ui/skeleton';
import { DetailPanel } from './detail-panel';
import { RunCallback } from './run-callback';
import { isFinalStatus } from './run-status';
import { RunQuestions } from './run-questions';
import { RunSubRuns } from './run-sub-runs';
import { usageOf } from './run-usage';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { FailureText } from './step-error';
import type { Execution, PayloadReference } from '@/shared/api/generated/schema';
import type { Asked } from './use-asked';

export interface RunOverviewProps {
  row: Execution | undefined;
  timeline: ExecutionTimeline;
  asked: Asked;
}

/** The run as a whole: what went in, what came out, what it took. Shown while no step is selected. */
export function RunOverview({ row, timeline, asked }: RunOverviewProps) {
  const steps = [...timeline.steps.values()];
  const output = timeline.output ?? row?.output ?? undefined;
  const answered = isFinalStatus(timeline.status);
  return (
    <DetailPanel title="Run">
      <div
        role="region"
        aria-label="Input, output and totals of the run"
        tabIndex={0}
        className="h-full overflow-y-auto max-lg:h-auto focus-visible:outline-offset-[-2px]"
      >
        <RunQuestions asked={asked} />
        {timeline.error && (
          <Part title="Error">
            <div className="p-3">
              <FailureText failure={timeline.error} />
            </div>
          </Part>
        )}
        {timeline.status === 'succeeded' && (
          <Part title="Output" mark={steps.some((step) => step.simulated) && <SimulatedLabel />}>
            <Value
              executionId={timeline.executionId}
              value={output ?? null}
              reference={timeline.large.output}
              label="output"
            />
          </Part>
        )}
        {!answered && (
          <Part title="Output">
            <p className="text-muted p-3">It appears here when the run has ended. Select a step to watch it.</p>
          </Part>
        )}
        <Part title="Input">
          {row ? (
            <Value executionId={row.id} value={row.input} reference={row.large?.input} label="input" />
          ) : (
            <Skeleton className="m-3 h-10" />
          )}
        </Part>
        <Part title="Totals">
          <Totals timeline={timeline} />
        </Part>
        {row && steps.some(({ waits }) => waits.some(({ runId }) => runId !== null)) && (
          <Part title="Sub-runs">
            <RunSubRuns executionId={row.id} />
          </Part>
        )}
        {row && row.callbackUrl !== null && (
          <Part title="Callback">
            <RunCallback executionId={row.id} isFinal={answered} />
          </Part>
        )}
        {row?.metadata && Object.keys(row.metadata).length > 0 && (
          <Part title="Metadata">
            <JsonViewer value={row.metadata} label="metadata" />
          </Part>
        )}
      </div>
    </DetailPanel>
  );
}

interface ValueProps {
  executionId: string;
  value: unknown;
  reference: PayloadReference | undefined;
  label: string;
}

function Value({ executionId, value, reference, label }: ValueProps) {
  if (reference)
    return <LargeValue key={reference.hash} executionId={executionId} reference={reference} label={label} />;
  return <JsonViewer value={value} label={label} openLevels={3} />;
}

function Part({ title, mark, children }: { title: string; mark?: ReactNode; children: ReactNode }) {
  return (
    <section className="px-4 pt-3 last:pb-4">
      <h3 className="text-muted flex items-center gap-2 text-sm">
        {title} {mark}
      </h3>
      <div className="mt-1 rounded-md border">{children}</div>
    </section>
  );
}

function Totals({ timeline }: { timeline: ExecutionTimeline }) {
  const steps = [...timeline.steps.values()];
  const usage = usageOf(timeline);
  const failed = steps.filter((step) => step.status === 'failed').length;
  const tries = steps.reduce((sum, step) => sum + Math.max(0, triesOf(step) - 1), 0);
  const count = (amount: number) => amount.toLocaleString('en-US');
  const rows: [string, ReactNode][] = [
    ['Steps', `${count(steps.length)}${failed > 0 ? `, ${count(failed)} failed` : ''}`],
    ['Extra tries', count(tries)],
    [
      'Input tokens',
      usage
        ? `${count(usage.inputTokens)}${usage.cachedInputTokens > 0 ? ` (${count(usage.cachedInputTokens)} from cache)` : ''}`
        : 'none',
    ],
    ['Output tokens', usage ? count(usage.outputTokens) : 'none'],
    ['Cost', usage ? <Money microUsd={usage.costMicroUsd} /> : 'none'],
    ['Events', count(timeline.lastSeq)],
  ];
  return (
    <dl className="tabular grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 p-3 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
