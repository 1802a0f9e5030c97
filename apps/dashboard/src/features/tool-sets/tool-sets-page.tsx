import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Blocks, FileJson, Server } from 'lucide-react';
import { ToolsTabs } from '@/features/tools/tools-tabs';
import type { ToolSet } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { type Column, DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { toolSetsQuery } from './tool-set-queries';
import { ToolSetStatusMark } from './tool-set-status';
import { KIND_WORDS } from './tool-set-words';

/** The tools that the organisation brought itself, by where they come from. */
export function ToolSetsPage() {
  const canWrite = useCan('integrations:write');
  return (
    <>
      <PageHeader title="Tools" actions={canWrite && <WaysToAdd />}>
        <ToolsTabs />
      </PageHeader>
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <p className="text-muted mb-3 max-w-2xl">
          Tools from elsewhere. Each is switched off when the other side changes it, until somebody has looked.
        </p>
        <ToolSetList canWrite={canWrite} />
      </div>
    </>
  );
}

function WaysToAdd() {
  return (
    <>
      <Button asChild>
        <Link to="/tools/sets/import">
          <FileJson aria-hidden />
          Import OpenAPI document
        </Link>
      </Button>
      <Button asChild variant="primary">
        <Link to="/tools/sets/new">
          <Server aria-hidden />
          Add MCP server
        </Link>
      </Button>
    </>
  );
}

const columns: readonly Column<ToolSet>[] = [
  {
    id: 'name',
    header: 'Tool set',
    className: 'w-full min-w-36 max-w-0 py-2',
    cell: ({ id, name, kind, url, enabledCount, toolCount }) => (
      <>
        <Link to="/tools/sets/$toolSetId" params={{ toolSetId: id }} className="block truncate font-medium">
          {name}
        </Link>
        <p className="text-muted truncate">{KIND_WORDS[kind]}</p>
        <p className="text-muted sm:hidden">
          {enabledCount} of {toolCount} on
        </p>
        <p className="text-muted truncate font-mono text-xs">{url}</p>
      </>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ status }) => <ToolSetStatusMark status={status} /> },
  {
    id: 'tools',
    header: 'Tools on',
    from: 'sm',
    align: 'end',
    className: 'whitespace-nowrap',
    cell: ({ enabledCount, toolCount }) => `${enabledCount} of ${toolCount}`,
  },
  {
    id: 'checked',
    header: 'Last check',
    from: 'sm',
    className: 'whitespace-nowrap',
    cell: ({ checkedAt }) => <RelativeTime at={checkedAt} empty="Never" />,
  },
];

function ToolSetList({ canWrite }: { canWrite: boolean }) {
  const sets = useQuery(toolSetsQuery());
  const navigate = useNavigate();
  if (sets.isPending) return <SkeletonRows label="tool sets" />;
  if (sets.isError) {
    return (
      <ErrorState title="The tool sets could not be loaded" error={sets.error} onRetry={() => void sets.refetch()} />
    );
  }
  return (
    <div className="bg-surface overflow-hidden rounded-lg border">
      {sets.data.data.length === 0 ? (
        <EmptyState icon={<Blocks />} title="No tool sets yet" action={canWrite && <WaysToAdd />}>
          A remote MCP server, or operations of any API that an OpenAPI document describes, become tools of your agents.
        </EmptyState>
      ) : (
        <DataTable
          label="Tool sets"
          rows={sets.data.data}
          rowKey={({ id }) => id}
          columns={columns}
          onOpen={({ id }) => void navigate({ to: '/tools/sets/$toolSetId', params: { toolSetId: id } })}
        />
      )}
    </div>
  );
}
