import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { executionStepsQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { SkeletonRows } from '@/shared/ui/skeleton';
import type { Execution } from '@/shared/api/generated/schema';

/** The run as the API tells it, its steps included. */
export function RunJson({ row }: { row: Execution }) {
  const steps = useQuery(executionStepsQuery(row.id));
  const whole = useMemo(() => ({ ...row, steps: steps.data?.data }), [row, steps.data]);
  if (steps.isPending) return <SkeletonRows label="run as JSON" />;
  if (steps.isError)
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
      <JsonViewer value={whole} label="run" openLevels={2} />
    </div>
  );
}
