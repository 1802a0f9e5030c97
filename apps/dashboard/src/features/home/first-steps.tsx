import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Agent, ExecutionSummary } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { classNames } from '@/shared/ui/class-names';
import { CurlCommand } from './curl-command';
import type { Progress } from './checklist';

export interface FirstStepsProps {
  progress: Progress;
  /** A finished run to look at. */
  sample: ExecutionSummary | undefined;
  /** The agent to try things on. */
  agent: Agent | undefined;
}

/** The steps from looking on to calling it from elsewhere. */
export function FirstSteps({ progress, sample, agent }: FirstStepsProps) {
  const steps = Object.values(progress).filter((done) => done !== null);
  const openAgent = agent ? (
    <Link to="/agents/$agentId" params={{ agentId: agent.id }}>
      Open {agent.name}
    </Link>
  ) : (
    <Link to="/agents/new">Start from a template</Link>
  );
  return (
    <section aria-labelledby="first-steps" className="bg-surface rounded-lg border">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3">
        <h2 id="first-steps" className="font-semibold">
          First steps
        </h2>
        <span className="text-muted tabular">
          {steps.filter(Boolean).length} of {steps.length}
        </span>
        <span className="ml-auto">
          <Badge tone="success">No key needed</Badge>
        </span>
      </div>
      <p className="text-muted border-b px-4 py-2.5 text-sm">
        The templates run on the built-in simulated model, which works offline, costs nothing and is marked as such
        wherever it answers.
      </p>
      <ol>
        <Step number={1} title="Watch a run" done={progress.watched}>
          <Button asChild size="sm">
            {sample ? (
              <Link to="/runs/$executionId" params={{ executionId: sample.id }}>
                Open the sample run
              </Link>
            ) : (
              openAgent
            )}
          </Button>
        </Step>
        <Step number={2} title="Change a prompt and publish" done={progress.published}>
          {agent && (
            <Button asChild size="sm">
              {openAgent}
            </Button>
          )}
        </Step>
        <Step number={3} title="Run it with your own text" done={progress.ranOwnText}>
          {agent && (
            <Button asChild size="sm">
              {openAgent}
            </Button>
          )}
        </Step>
        {progress.calledByKey !== null && (
          <Step number={4} title="Call it with curl and an API key" done={progress.calledByKey}>
            <Button asChild size="sm">
              <Link to="/settings/api-keys">Make an API key</Link>
            </Button>
            {agent && <CurlCommand agentId={agent.id} />}
          </Step>
        )}
      </ol>
    </section>
  );
}

function Step({
  number,
  title,
  done,
  children,
}: {
  number: number;
  title: string;
  done: boolean;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-3 border-b px-4 py-3 last:border-b-0">
      <span
        aria-hidden
        className={classNames(
          'tabular mt-px flex size-5 shrink-0 items-center justify-center rounded-full border text-xs font-medium',
          done ? 'border-success text-success' : 'border-line-control text-muted',
        )}
      >
        {done ? <Check className="size-3" /> : number}
      </span>
      <div className="min-w-0 flex-1">
        <p className={done ? 'text-muted' : 'font-medium'}>
          {title}
          {done && <span className="sr-only">, done</span>}
        </p>
        {!done && <div className="flex flex-col items-start gap-2 not-empty:mt-2">{children}</div>}
      </div>
    </li>
  );
}
