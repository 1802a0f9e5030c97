import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Message } from '@/shared/api/generated/schema';
import { stepPagesQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { classNames } from '@/shared/ui/class-names';
import { CopyButton } from '@/shared/ui/copy-button';
import { Markdown } from '@/shared/ui/markdown';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { LiveTurn } from './live-turn';
import { ToolCallLine } from './tool-call-line';

/** What a page of steps shows of a turn's tools. */
const STEPS_SHOWN = 100;

const REMARKS: Record<string, string> = {
  queued: 'Waits for the answer before it.',
  interrupted: 'Interrupted by the next message.',
  rolled_back: 'Taken back: the agent does not know of it.',
  cancelled: 'Stopped.',
};

export interface TurnViewProps {
  question: Message;
  answer: Message | undefined;
  /** Says the same once more; absent for somebody who may not. */
  onRetry?: (message: string) => void;
}

/** One turn: what was said, and what was answered or is being answered. */
export function TurnView({ question, answer, onRetry }: TurnViewProps) {
  const { state, executionId, error, content } = question;
  const isGone = state === 'rolled_back';
  return (
    <li className={classNames('flex flex-col gap-3', isGone && 'opacity-60')}>
      <article aria-label="You" className="bg-selected ml-auto max-w-[min(40rem,90%)] rounded-lg px-3 py-2">
        <p className="break-words whitespace-pre-wrap">{content}</p>
        {REMARKS[state] && <p className="text-muted mt-1 text-sm">{REMARKS[state]}</p>}
      </article>
      <article aria-label="Agent" className="flex max-w-3xl min-w-0 flex-col gap-2">
        {state === 'active' && executionId !== null && <LiveTurn executionId={executionId} />}
        {executionId !== null && state !== 'active' && <ToolCalls executionId={executionId} />}
        {answer && <Markdown>{answer.content}</Markdown>}
        {error && (
          <Callout tone="danger" title="There is no answer">
            {error.message} <code className="text-muted text-sm">{error.code}</code>
          </Callout>
        )}
        {state !== 'active' && state !== 'queued' && (
          <div className="text-muted flex flex-wrap items-center gap-3 text-sm">
            <RelativeTime at={(answer ?? question).createdAt} />
            {question.simulated && <SimulatedLabel />}
            {executionId !== null && (
              <Link to="/runs/$executionId" params={{ executionId }} className="underline">
                View run
              </Link>
            )}
            {answer && <CopyButton text={answer.content} label="answer" />}
            {onRetry && (
              <Button size="sm" variant="quiet" icon={<RotateCcw />} onClick={() => onRetry(content)}>
                Say it again
              </Button>
            )}
          </div>
        )}
      </article>
    </li>
  );
}

/** The tools of a turn that is over: read only when somebody wants to see them. */
function ToolCalls({ executionId }: { executionId: string }) {
  const [open, setOpen] = useState(false);
  const steps = useInfiniteQuery({ ...stepPagesQuery(executionId, STEPS_SHOWN), enabled: open });
  const calls = (steps.data?.pages[0]?.data ?? []).filter(({ kind }) => kind === 'tool');
  return (
    <div className="flex flex-col gap-1">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="text-muted hover:text-text flex min-h-6 items-center gap-1 self-start text-sm"
      >
        <ChevronRight aria-hidden className={classNames('size-4', open && 'rotate-90')} />
        Tool calls
      </button>
      {open && steps.isPending && <p className="text-muted text-sm">Loading…</p>}
      {open && steps.isError && <p className="text-danger text-sm">The calls could not be loaded.</p>}
      {open && steps.isSuccess && calls.length === 0 && <p className="text-muted text-sm">It used no tool.</p>}
      {open &&
        calls.map(({ path, status, input }) => (
          <ToolCallLine
            key={path}
            executionId={executionId}
            path={path}
            name={toolNameOf(input) ?? path}
            status={status}
          />
        ))}
    </div>
  );
}

function toolNameOf(input: unknown): string | undefined {
  const { tool, name } = (typeof input === 'object' && input !== null ? input : {}) as {
    tool?: unknown;
    name?: unknown;
  };
  return typeof tool === 'string' ? tool : typeof name === 'string' ? name : undefined;
}
