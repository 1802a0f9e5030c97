import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { executionsQuery, RUN_LISTS } from '@/shared/api/queries';
import { useLiveQueries } from '@/shared/live/use-live-queries';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Skeleton } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';

const SHOWN = 5;

/** The newest runs that the steps of this one started, and the way to all of them. */
export function RunSubRuns({ executionId }: { executionId: string }) {
  const runs = useInfiniteQuery(executionsQuery({ parentId: executionId, limit: SHOWN }));
  useLiveQueries(RUN_LISTS);
  if (runs.isPending) return <Skeleton className="m-3 h-10" />;
  if (runs.isError) {
    return (
      <ErrorState title="The sub-runs could not be loaded" error={runs.error} onRetry={() => void runs.refetch()} />
    );
  }
  return (
    <>
      <ul className="divide-y">
        {runs.data.pages
          .flatMap((page) => page.data)
          .map((run) => (
            <li key={run.id} className="flex min-h-8 items-center gap-3 px-3 py-1 text-sm">
              <Link
                to="/runs/$executionId"
                params={{ executionId: run.id }}
                aria-label={`${run.agentName}, run ${run.id.slice(-8)}`}
                className="hover:text-accent min-w-0 flex-1 truncate underline-offset-2 hover:underline"
              >
                {run.agentName} <span className="text-muted font-mono text-xs">{run.id.slice(-8)}</span>
              </Link>
              <StatusMark status={run.status} />
              <span className="text-muted max-sm:hidden">
                <RelativeTime at={run.createdAt} />
              </span>
            </li>
          ))}
      </ul>
      {runs.hasNextPage && (
        <p className="border-t px-3 py-1.5 text-sm">
          <Link
            to="/runs"
            search={{ parentId: executionId }}
            className="hover:text-accent underline underline-offset-2"
          >
            All sub-runs
          </Link>
        </p>
      )}
    </>
  );
}
