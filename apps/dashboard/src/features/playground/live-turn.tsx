import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Square } from 'lucide-react';
import { useEffect } from 'react';
import { executionsCancel } from '@/shared/api/generated/operations';
import { executionQuery } from '@/shared/api/queries';
import { useExecutionTimeline } from '@/shared/live/use-execution-timeline';
import type { ExecutionTimeline, TimelineStep } from '@/shared/live/execution-timeline';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Markdown } from '@/shared/ui/markdown';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { StatusMark } from '@/shared/ui/status-mark';
import { WaitDecision } from '@/shared/waits/wait-decision';
import { CONVERSATIONS } from './chat-queries';
import { ToolCallLine } from './tool-call-line';

/** The conversation takes an answer over a moment after its run has ended, mostly at once. */
const LOOK_AGAIN_MS = 1_000;

const OVER = new Set(['succeeded', 'failed', 'cancelled', 'timed_out']);

/** A turn under way: its words as they come, its tools, what it asks, and the button that stops it. */
export function LiveTurn({ executionId }: { executionId: string }) {
  const { timeline, connection, error, retry } = useExecutionTimeline(executionId);
  const queryClient = useQueryClient();
  const isOver = OVER.has(timeline.status);
  useEffect(() => {
    if (!isOver) return;
    // The answer is the conversation's then, and this turn is shown no more.
    const look = () => void queryClient.invalidateQueries({ queryKey: CONVERSATIONS });
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isOver, queryClient]);
  const steps = [...timeline.steps.values()];
  const speaking = steps.findLast(({ text }) => text !== '');
  return (
    <div className="flex min-w-0 flex-col gap-2" aria-busy={!isOver}>
      {steps.filter(isToolCall).map((step) => (
        <ToolCallLine
          key={step.path}
          executionId={executionId}
          path={step.path}
          name={step.name ?? step.path}
          status={step.status}
        />
      ))}
      {speaking && <Markdown>{speaking.text}</Markdown>}
      <OpenQuestions executionId={executionId} timeline={timeline} />
      {connection === 'failed' && (
        <Callout tone="warning" title="The turn cannot be followed at the moment">
          {error instanceof Error ? error.message : 'The connection was lost.'} It goes on by itself.{' '}
          <Button size="sm" onClick={retry}>
            Follow again
          </Button>
        </Callout>
      )}
      <div className="text-muted flex flex-wrap items-center gap-3 text-sm">
        <StatusMark status={timeline.status} />
        {steps.some(({ simulated }) => simulated) && <SimulatedLabel />}
        {!isOver && (
          <Button
            size="sm"
            icon={<Square />}
            onClick={() => void executionsCancel({ id: executionId }).catch(() => undefined)}
          >
            Stop
          </Button>
        )}
        <Link to="/runs/$executionId" params={{ executionId }} className="underline">
          View run
        </Link>
      </div>
    </div>
  );
}

/** What the turn waits for that a person can answer here. */
function OpenQuestions({ executionId, timeline }: { executionId: string; timeline: ExecutionTimeline }) {
  const isWaiting = [...timeline.steps.values()].some(({ status }) => status === 'waiting');
  const run = useQuery({
    ...executionQuery(executionId),
    queryKey: [...executionQuery(executionId).queryKey, `waits ${timeline.waitChanges}`],
    enabled: isWaiting,
  });
  const waits = (isWaiting ? run.data?.waits : undefined) ?? [];
  return waits
    .filter(({ state, decisions }) => state === 'open' && decisions.length > 0)
    .map((wait) => (
      <section
        key={wait.id}
        aria-label={wait.title}
        className="bg-warning-soft border-warning/30 rounded-md border p-3"
      >
        <p className="mb-2 font-medium break-words">{wait.title}</p>
        <WaitDecision wait={wait} onKnown={() => void run.refetch()} />
      </section>
    ));
}

export function isToolCall({ kind }: Pick<TimelineStep, 'kind'>): boolean {
  return kind === 'tool';
}
