import { formatDuration } from '@/shared/format/format-duration';
import { useExecutionTimeline } from '@/shared/live/use-execution-timeline';
import { DataTable } from '@/shared/ui/data-table';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { StatusMark } from '@/shared/ui/status-mark';

export interface RunPageProps {
  /** The run that is shown. The page fills the height it is given and has its own header. */
  executionId: string;
}

/** A run as a list of its steps, live. */
export function RunPage({ executionId }: RunPageProps) {
  const { timeline, connection, error, retry } = useExecutionTimeline(executionId);
  if (connection === 'failed') return <ErrorState title="The run could not be loaded" error={error} onRetry={retry} />;
  if (connection === 'loading') return <SkeletonRows label="run" />;
  return (
    <div>
      <h1 className="flex items-center gap-3 border-b px-6 py-4 text-lg font-semibold">
        Run <StatusMark status={timeline.status} />
      </h1>
      <DataTable
        label="Steps"
        rows={[...timeline.steps.values()]}
        rowKey={(step) => step.path}
        columns={[
          { id: 'step', header: 'Step', cell: (step) => step.name ?? step.path },
          { id: 'status', header: 'Status', cell: (step) => <StatusMark status={step.status} /> },
          {
            id: 'duration',
            header: 'Duration',
            align: 'end',
            cell: (step) => (step.finishedAt ? formatDuration(Date.parse(step.finishedAt) - Date.parse(step.startedAt)) : ''),
          },
        ]}
      />
    </div>
  );
}
