import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ExecutionSummary } from '@/shared/api/generated/schema';
import { executionQuery } from '@/shared/api/queries';
import { CopyButton } from '@/shared/ui/copy-button';
import { DataTable, type Column } from '@/shared/ui/data-table';
import { Duration } from '@/shared/ui/duration';
import { Money } from '@/shared/ui/money';
import { RelativeTime } from '@/shared/ui/relative-time';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tokens } from '@/shared/ui/tokens';
import { triggerWord } from './run-words';

const columns: readonly Column<ExecutionSummary>[] = [
  {
    id: 'run',
    header: 'Run',
    cell: (run) => (
      <span className="inline-flex items-center gap-0.5">
        <Link to="/runs/$executionId" params={{ executionId: run.id }} className="hover:text-accent font-mono text-xs underline-offset-2 hover:underline">
          {run.id.slice(-8)}
        </Link>
        <CopyButton text={run.id} label="run id" />
      </span>
    ),
  },
  { id: 'status', header: 'Status', cell: (run) => <StatusMark status={run.status} /> },
  {
    id: 'agent',
    header: 'Agent',
    cell: (run) => (
      <span className="inline-flex max-w-64 items-baseline gap-1.5">
        <span className="truncate font-medium">{run.agentName}</span>
        <span className="text-muted">v{run.version}</span>
      </span>
    ),
  },
  { id: 'trigger', header: 'Trigger', from: 'lg', cell: (run) => triggerWord(run.trigger) },
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
  { id: 'tokens', header: 'Tokens', align: 'end', from: 'lg', cell: (run) => (run.usage ? <Tokens usage={run.usage} /> : <span className="text-muted">–</span>) },
  { id: 'cost', header: 'Cost', align: 'end', from: 'md', cell: (run) => (run.usage ? <Money microUsd={run.usage.costMicroUsd} /> : <span className="text-muted">–</span>) },
];

/** Runs, newest first. */
export function RunsTable({ runs, shortcuts }: { runs: readonly ExecutionSummary[]; shortcuts?: boolean }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  return (
    <DataTable
      label="Runs"
      columns={columns}
      rows={runs}
      rowKey={(run) => run.id}
      shortcuts={shortcuts}
      onOpen={(run) => void navigate({ to: '/runs/$executionId', params: { executionId: run.id } })}
      onApproach={(run) => void queryClient.prefetchQuery(executionQuery(run.id))}
    />
  );
}
