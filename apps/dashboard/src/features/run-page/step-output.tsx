import type { ExecutionStep } from '@/shared/api/generated/schema';
import { openWait, triesOf, type TimelineStep } from '@/shared/live/execution-timeline';
import { CopyButton } from '@/shared/ui/copy-button';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { LargeValue } from '@/shared/ui/large-value';
import { waitedFor } from '@/shared/waits/wait-words';
import { FollowingText } from './following-text';
import { Scrolling } from './scrolling';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { answerTextOf, isSimulated, largeFieldsOf, outputOf } from './step-facts';

export interface StepOutputProps {
  executionId: string;
  step: TimelineStep;
  row: ExecutionStep | undefined;
  /** Known from the version's graph before the answer is there. */
  modelIsSimulated: boolean;
}

/** What a step gave: text as it comes, and the value as other steps see it. */
export function StepOutput({ executionId, step, row, modelIsSimulated }: StepOutputProps) {
  const text = answerTextOf(step, row);
  const output = outputOf(step, row);
  const { output: large } = largeFieldsOf(step, row);
  if (text === null && large)
    return (
      <Scrolling label="Output">
        <LargeValue key={large.hash} executionId={executionId} reference={large} label="output" />
      </Scrolling>
    );
  if (text === null && output === undefined) return <p className="text-muted p-4">{missingOutput(step)}</p>;
  if (text === null) return <JsonViewer value={output} label="output" openLevels={3} />;
  const simulated = modelIsSimulated || isSimulated(step, row);
  return (
    <FollowingText key={step.path} label="Answer" text={text} growing={step.status === 'running'}>
      <div className="flex min-h-8 flex-wrap items-center gap-2 px-4 pt-3">
        {simulated && <SimulatedLabel />}
        {step.status === 'running' && triesOf(step) > 1 && <span className="text-muted text-sm">Try {step.tries}</span>}
        {step.status !== 'running' && step.status !== 'succeeded' && (
          <span className="text-muted text-sm">Up to where it stopped</span>
        )}
        <span className="ml-auto">
          <CopyButton text={text} label="answer" />
        </span>
      </div>
      {large && <LargeValue key={large.hash} executionId={executionId} reference={large} label="output" />}
      {output !== undefined && !large && (
        <details className="border-b px-4 pb-2">
          <summary className="text-muted hover:text-text min-h-6 cursor-pointer text-sm">The whole value</summary>
          <JsonViewer value={output} label="output" className="bg-sunken mt-1 rounded-md border" />
        </details>
      )}
    </FollowingText>
  );
}

function missingOutput(step: TimelineStep): string {
  switch (step.status) {
    case 'running':
      return 'The step is still working. Its output appears here.';
    case 'waiting': {
      const wait = openWait(step.waits);
      return wait
        ? `The step waits for ${waitedFor(wait.kind)}: ${wait.title}`
        : 'The step waits for what runs inside of it.';
    }
    case 'interrupted':
      return 'The step was interrupted by a restart and begins again.';
    case 'failed':
      return 'The step failed and gave no output.';
    case 'cancelled':
      return 'The run ended before the step did.';
    default:
      return 'The step gave nothing.';
  }
}
