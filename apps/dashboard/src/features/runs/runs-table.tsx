import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ExecutionSummary } from '@/shared/api/generated/schema';
import { executionQuery } from '@/shared/api/queries';
import { CopyButton } from '@/shared/ui/copy-button';
import { DataTable, type Column, type DataTableProps } from '@/shared/ui/data-table';
import { Duration } from '@/shared/ui/duration';
import { Money } from '@/shared/ui/money';
import { RelativeTime } from '@/shared/ui/relative-time';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tokens } from '@/shared/ui/tokens';
import { runTrigger } from './run-words';

const columns: readonly Column<ExecutionSummary>[] = [
  { id: 'status', header: 'Status', cell: (run) => <RunStatus run={run} />, className: 'max-w-56' },
  {
    id: 'agent',
    header: 'Agent',
    className: 'w-1/3 max-w-0 max-sm:w-full',
    cell: (run) => (
      <span className="flex items-baseline gap-1.5">
        <Link
          to="/runs/$executionId"
          params={{ executionId: run.id }}
          aria-label={`${run.agentName}, run ${run.id.slice(-8)}`}
          className="hover:text-accent truncate font-medium underline-offset-2 hover:underline"
        >
          {run.agentName}
        </Link>
        <span className="text-muted">v{run.version}</span>
      </span>
    ),
  },
  {
    id: 'run',
    header: 'Run',
    from: 'sm',
    cell: (run) => (
      <span className="inline-flex items-center gap-0.5">
        <span className="font-mono text-xs">{run.id.slice(-8)}</span>
        <CopyButton text={run.id} label="run id" />
      </span>
    ),
  },
  { id: 'trigger', header: 'Trigger', from: 'lg', className: 'max-w-48 truncate', cell: runTrigger },
  { id: 'created', header: 'Created', from: 'sm', cell: (run) => <RelativeTime at={run.createdAt} /> },
  {
    id: 'duration',
    header: 'Duration',
    align: 'end',
    cell: (run) =>
      run.startedAt === null ? (
        <span className="text-muted">–</span>
      ) : run.finishedAt === null ? (
        <Duration since={run.startedAt} />
      ) : (
        <Duration ms={Date.parse(run.finishedAt) - Date.parse(run.startedAt)} />
      ),
  },
  {
    id: 'tokens',
    header: 'Tokens',
    align: 'end',
    from: 'lg',
    cell: (run) => (run.usage ? <Tokens usage={run.usage} /> : <span className="text-muted">–</span>),
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    from: 'md',
    cell: (run) => (run.usage ? <Money microUsd={run.usage.costMicroUsd} /> : <span className="text-muted">–</span>),
  },
];

/** A waiting run says what it waits for. */
function RunStatus({ run }: { run: ExecutionSummary }) {
  const { waitingFor } = run;
  if (run.status !== 'waiting' || !waitingFor) return <StatusMark status={run.status} />;
  return (
    <span className="flex min-w-0 items-center gap-2" title={waitingFor}>
      <StatusMark status={run.status} />
      <span className="text-muted truncate max-sm:hidden">{waitingFor}</span>
    </span>
  );
}

export interface RunsTableProps extends Pick<DataTableProps<ExecutionSummary>, 'shortcuts' | 'fullWidth'> {
  runs: readonly ExecutionSummary[];
}

/** Runs, newest first. */
export function RunsTable({ runs, ...layout }: RunsTableProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      {...layout}
      onOpen={(run) => void navigate({ to: '/runs/$executionId', params: { executionId: run.id } })}
      onApproach={(run) => void queryClient.prefetchQuery(executionQuery(run.id))}
    />
  );
}
