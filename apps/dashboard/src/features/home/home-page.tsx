import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RunsTable } from '@/features/runs/runs-table';
import { agentsQuery, apiKeysQuery, executionsQuery, RUN_LISTS } from '@/shared/api/queries';
import { useLiveQueries } from '@/shared/live/use-live-queries';
import { useCan, useMe } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { progressOf } from './checklist';
import { FirstSteps } from './first-steps';
import { SampleRun } from './sample-run';

const RECENT = 10;

/** What happened lately and, until they are done, the first four steps. */
export function HomePage() {
  const me = useMe();
  const canReadKeys = useCan('keys:read');
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const runs = useInfiniteQuery(executionsQuery());
  const keys = useQuery({ ...apiKeysQuery(), enabled: canReadKeys });
  useLiveQueries(RUN_LISTS);

  const allAgents = agents.data?.pages.flatMap((page) => page.data) ?? [];
  const allRuns = runs.data?.pages.flatMap((page) => page.data) ?? [];
  const progress = progressOf(allAgents, allRuns, canReadKeys ? (keys.data?.data ?? []) : null);
  const settled = !agents.isPending && !runs.isPending && !(canReadKeys && keys.isPending);
  const beginner = settled && Object.values(progress).includes(false);
  const finished = allRuns.filter((run) => run.status === 'succeeded');
  const sample = finished.find((run) => run.trigger === 'sample') ?? finished[0];
  return (
    <>
      <PageHeader title="Home" details={me.org.name} />
      <div className="flex flex-col gap-8 p-4 sm:p-6">
        {beginner && (
          <div className={sample ? 'grid grid-cols-1 gap-6 xl:grid-cols-2' : 'max-w-3xl'}>
            <FirstSteps
              progress={progress}
              sample={sample}
              agent={allAgents.find((agent) => agent.id === sample?.agentId) ?? allAgents[0]}
            />
            {sample && <SampleRun run={sample} />}
          </div>
        )}
        <section aria-labelledby="recent-runs">
          <div className="mb-2 flex items-baseline justify-between">
            <h2 id="recent-runs" className="font-semibold">
              Recent runs
            </h2>
            {allRuns.length > 0 && (
              <Link
                to="/runs"
                className="text-accent inline-flex min-h-6 items-center underline-offset-2 hover:underline"
              >
                All runs
              </Link>
            )}
          </div>
          <div className="bg-surface overflow-hidden rounded-lg border">
            {runs.isPending ? (
              <SkeletonRows label="runs" rows={5} />
            ) : runs.isError ? (
              <ErrorState title="The runs could not be loaded" error={runs.error} onRetry={() => void runs.refetch()} />
            ) : allRuns.length === 0 ? (
              <EmptyState
                title="No runs yet"
                action={
                  <Button asChild variant="primary">
                    <Link to="/agents/new">Start from a template</Link>
                  </Button>
                }
              >
                Make an agent from a template and run it; every step shows up here while it happens.
              </EmptyState>
            ) : (
              <RunsTable runs={allRuns.slice(0, RECENT)} />
            )}
          </div>
        </section>
      </div>
    </>
  );
}
