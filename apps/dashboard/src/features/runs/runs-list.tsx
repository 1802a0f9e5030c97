import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity, FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunsSearch } from '@/routes/runs-search';
import type { ExecutionsListQuery } from '@/shared/api/generated/operations';
import { executionsQuery, RUN_LISTS } from '@/shared/api/queries';
import { useLiveQueries } from '@/shared/live/use-live-queries';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { RunsTable } from './runs-table';

export interface RunsListProps {
  filters: RunsSearch;
  onClearFilters: () => void;
  /** Whether any filter is set, so that an empty list says the right thing. */
  filtered: boolean;
  /** What to do when there is no run at all. */
  firstTime: ReactNode;
}

/** The runs that match, page by page, kept fresh. */
export function RunsList({ filters, onClearFilters, filtered, firstTime }: RunsListProps) {
  const runs = useInfiniteQuery(executionsQuery(toQuery(filters)));
  useLiveQueries(RUN_LISTS);
  if (runs.isPending) return <SkeletonRows label="runs" />;
  if (runs.isError)
    return <ErrorState title="The runs could not be loaded" error={runs.error} onRetry={() => void runs.refetch()} />;
  const rows = runs.data.pages.flatMap((page) => page.data);
  if (rows.length === 0 && filtered) {
    return (
      <EmptyState
        icon={<FilterX />}
        title="No run matches"
        action={<Button onClick={onClearFilters}>Clear the filter</Button>}
      >
        Runs exist only outside of what the filter lets through.
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState icon={<Activity />} title="No runs yet" action={firstTime}>
        A run is one execution of an agent: every step, token and cost of it stays here.
      </EmptyState>
    );
  }
  return (
    <>
      <RunsTable runs={rows} fullWidth />
      <NextPage of={runs} className="border-t">
        Older runs
      </NextPage>
    </>
  );
}

/**
 * Days become moments in the reader's zone: from the start of the first to the end of the last. Runs that steps of other
 * runs started stay out unless they are asked for.
 */
function toQuery({ status, agentId, triggerId, parentId, from, to, subRuns }: RunsSearch): ExecutionsListQuery {
  return {
    status,
    agentId,
    triggerId,
    parentId,
    topLevel: subRuns || parentId ? undefined : true,
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${to}T23:59:59.999`).toISOString(),
  };
}
