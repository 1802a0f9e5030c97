import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExecutionStep, ExecutionSummary } from '@/shared/api/generated/schema';
import { executionQuery, stepPagesQuery, versionQuery } from '@/shared/api/queries';
import { Duration } from '@/shared/ui/duration';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { SimulatedLabel } from '@/shared/ui/simulated-label';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';

const SHOWN_STEPS = 8;

/** A finished run in small: its steps on a common time axis, and what came out. */
export function SampleRun({ run }: { run: ExecutionSummary }) {
  const steps = useInfiniteQuery(stepPagesQuery(run.id, SHOWN_STEPS));
  const whole = useQuery(executionQuery(run.id));
  const version = useQuery(versionQuery(run.agentId, run.version));
  const nameOf = (nodeId: string) => version.data?.graph.nodes.find((node) => node.id === nodeId)?.name;
  const rows = (steps.data?.pages[0]?.data ?? []).slice(0, SHOWN_STEPS);
  const begin = Math.min(...rows.map((step) => Date.parse(step.startedAt)));
  const end = Math.max(...rows.map((step) => Date.parse(step.finishedAt ?? step.startedAt)), begin + 1);
  const percent = (ms: number) => `${((ms / (end - begin)) * 100).toFixed(2)}%`;
  return (
    <section aria-labelledby="sample-run" className="bg-surface flex min-w-0 flex-col rounded-lg border">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3">
        <h2 id="sample-run" className="min-w-0 truncate font-semibold">
          A finished run of {run.agentName}
        </h2>
        <StatusMark status={run.status} />
        <Link
          to="/runs/$executionId"
          params={{ executionId: run.id }}
          className="text-accent ml-auto inline-flex min-h-6 items-center underline-offset-2 hover:underline"
        >
          Open run
        </Link>
      </div>
      {steps.isPending ? (
        <SkeletonRows label="steps" rows={4} />
      ) : (
        <ul aria-label="Steps" className="border-b py-1">
          {rows.map((step) => {
            const from = Date.parse(step.startedAt) - begin;
            const durationMs = step.finishedAt ? Date.parse(step.finishedAt) - Date.parse(step.startedAt) : 0;
            return (
              <li
                key={step.path}
                className="grid h-8 grid-cols-[minmax(7rem,2fr)_3fr_4rem] items-center gap-3 px-4 text-sm"
              >
                <span className="truncate">{nameOf(step.nodeId) ?? step.path}</span>
                <span aria-hidden className="relative h-2">
                  <span
                    className="bg-accent/70 absolute h-full min-w-0.5 rounded-sm"
                    style={{ left: percent(from), width: percent(durationMs) }}
                  />
                </span>
                <Duration ms={durationMs} className="text-muted text-right" />
              </li>
            );
          })}
        </ul>
      )}
      <p className="text-muted flex items-center gap-2 px-4 pt-3 text-sm">
        Output {rows.some(isSimulated) && <SimulatedLabel />}
      </p>
      <div className="max-h-56 overflow-y-auto">
        {whole.data && <JsonViewer value={whole.data.output} label="output" />}
      </div>
    </section>
  );
}

function isSimulated({ output }: ExecutionStep): boolean {
  return typeof output === 'object' && output !== null && 'simulated' in output && output.simulated === true;
}
