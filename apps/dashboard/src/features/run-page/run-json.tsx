import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Execution } from '@/shared/api/generated/schema';
import { stepPagesQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { SkeletonRows } from '@/shared/ui/skeleton';

const STEPS_AT_ONCE = 100;

/** The run as the API tells it, with as many of its steps as somebody wants to see. */
export function RunJson({ row }: { row: Execution }) {
  const steps = useInfiniteQuery(stepPagesQuery(row.id, STEPS_AT_ONCE));
  const shown = useMemo(() => steps.data?.pages.flatMap(({ data }) => data) ?? [], [steps.data]);
  const whole = useMemo(() => ({ ...row, steps: shown }), [row, shown]);
  if (steps.isPending) return <SkeletonRows label="run as JSON" />;
  if (steps.isError && shown.length === 0)
    return (
      <ErrorState title="The steps could not be loaded" error={steps.error} onRetry={() => void steps.refetch()} />
    );
  return (
    <div
      role="region"
      aria-label="Run as JSON"
      tabIndex={0}
      className="h-full overflow-y-auto focus-visible:outline-offset-[-2px]"
    >
      {steps.hasNextPage && (
        <p className="text-muted flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 text-sm">
          The first {shown.length.toLocaleString('en-US')} steps
          <Button size="sm" disabled={steps.isFetchingNextPage} onClick={() => void steps.fetchNextPage()}>
            {steps.isFetchingNextPage ? 'Loading…' : 'Load more steps'}
          </Button>
          {steps.isFetchNextPageError && <span role="alert">They could not be loaded. Try again.</span>}
        </p>
      )}
      <JsonViewer value={whole} label="run" openLevels={2} />
    </div>
  );
}
