import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Bot, FilterX, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { agentQuery, agentsQuery, draftQuery } from '@/shared/api/queries';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Switch } from '@/shared/ui/switch';
import { AgentMenu } from './agent-menu';
import { ImportButton } from './import-button';

const route = getRouteApi('/signed-in/agents');
const TYPING_PAUSE_MS = 250;

/** The agents of the organisation. */
export function AgentsPage() {
  const { search, archived } = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('agents:write');
  const [typed, setTyped] = useState(search ?? '');
  const [importProblem, setImportProblem] = useState<unknown>(null);
  useEffect(() => {
    if (typed === (search ?? '')) return;
    const timer = setTimeout(
      () => void navigate({ search: (now) => ({ ...now, search: typed || undefined }), replace: true }),
      TYPING_PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  const clear = () => {
    setTyped('');
    void navigate({ search: {}, replace: true });
  };
  return (
    <>
      <PageHeader
        title="Agents"
        actions={
          canWrite && (
            <>
              <ImportButton onProblem={setImportProblem} />
              <Button asChild variant="primary">
                <Link to="/agents/new">
                  <Plus /> New agent
                </Link>
              </Button>
            </>
          )
        }
      />
      <div className="flex flex-wrap items-center gap-4 border-b px-4 py-2.5 sm:px-6">
        <Input
          type="search"
          aria-label="Search agents by name"
          placeholder="Search by name"
          className="max-w-72"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Switch
          label="Archived"
          checked={archived ?? false}
          onChange={(checked) =>
            void navigate({ search: (now) => ({ ...now, archived: checked || undefined }), replace: true })
          }
        />
      </div>
      {importProblem !== null && (
        <div className="px-4 pt-4 sm:px-6">
          <Callout tone="danger" announce title="The file was not imported">
            {importProblem instanceof Error ? importProblem.message : 'Something went wrong.'}
          </Callout>
        </div>
      )}
      <div className="bg-surface flex-1">
        <AgentsList search={search} archived={archived} onClear={clear} />
      </div>
    </>
  );
}

function AgentsList({ search, archived, onClear }: { search?: string; archived?: boolean; onClear: () => void }) {
  const agents = useInfiniteQuery(agentsQuery({ search, archived }));
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('agents:write');
  if (agents.isPending) return <SkeletonRows label="agents" />;
  if (agents.isError)
    return (
      <ErrorState title="The agents could not be loaded" error={agents.error} onRetry={() => void agents.refetch()} />
    );
  const rows = agents.data.pages.flatMap((page) => page.data);
  if (rows.length === 0 && (search || archived)) {
    return (
      <EmptyState
        icon={<FilterX />}
        title="No agent matches"
        action={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {archived ? 'Nothing that was archived has this name.' : `No agent has “${search}” in its name.`}
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<Bot />}
        title="No agents yet"
        action={
          canWrite && (
            <Button asChild variant="primary">
              <Link to="/agents/new">Start from a template</Link>
            </Button>
          )
        }
      >
        An agent is a graph of steps: prompts, conditions, calls. Every template runs without a key.
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable
        label="Agents"
        fullWidth
        rows={rows}
        rowKey={(agent) => agent.id}
        onOpen={(agent) => void navigate({ to: '/agents/$agentId', params: { agentId: agent.id } })}
        onApproach={(agent) => {
          void queryClient.prefetchQuery(agentQuery(agent.id));
          void queryClient.prefetchQuery(draftQuery(agent.id));
        }}
        columns={[
          {
            id: 'name',
            header: 'Name',
            className: 'w-full max-w-0 py-1.5',
            cell: (agent) => (
              <>
                <Link
                  to="/agents/$agentId"
                  params={{ agentId: agent.id }}
                  className="hover:text-accent block truncate font-medium underline-offset-2 hover:underline"
                >
                  {agent.name}
                </Link>
                {agent.description && <span className="text-muted block truncate">{agent.description}</span>}
              </>
            ),
          },
          {
            id: 'version',
            header: 'Published',
            className: 'whitespace-nowrap',
            cell: (agent) =>
              agent.publishedVersion === null ? (
                <span className="text-muted">Not yet</span>
              ) : (
                `Version ${agent.publishedVersion}`
              ),
          },
          {
            id: 'draft',
            header: 'Draft',
            from: 'sm',
            className: 'whitespace-nowrap',
            cell: (agent) =>
              agent.archivedAt ? (
                <Badge>Archived</Badge>
              ) : (
                agent.hasUnpublishedChanges && <Badge tone="warning">Unpublished changes</Badge>
              ),
          },
          {
            id: 'updated',
            header: 'Changed',
            from: 'md',
            className: 'whitespace-nowrap',
            cell: (agent) => <RelativeTime at={agent.draftUpdatedAt ?? agent.updatedAt} />,
          },
          {
            id: 'menu',
            header: <span className="sr-only">Actions</span>,
            align: 'end',
            cell: (agent) => <AgentMenu agent={agent} />,
          },
        ]}
      />
      {agents.hasNextPage && (
        <div className="flex justify-center border-t p-3">
          <Button pending={agents.isFetchingNextPage} onClick={() => void agents.fetchNextPage()}>
            More agents
          </Button>
        </div>
      )}
    </>
  );
}
