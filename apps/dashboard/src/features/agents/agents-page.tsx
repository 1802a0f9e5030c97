import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Bot, Plus } from 'lucide-react';
import { useState } from 'react';
import { agentQuery, agentsQuery, draftQuery } from '@/shared/api/queries';
import { LibraryPage, type LibrarySearch } from '@/shared/library/library-page';
import { LibraryTable } from '@/shared/library/library-table';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { EmptyState } from '@/shared/ui/empty-state';
import { AgentMenu } from './agent-menu';
import { ImportButton } from './import-button';

const route = getRouteApi('/signed-in/agents');

/** The agents of the organisation. */
export function AgentsPage() {
  const shown = route.useSearch();
  const navigate = route.useNavigate();
  const canWrite = useCan('agents:write');
  const [importProblem, setImportProblem] = useState<unknown>(null);
  return (
    <LibraryPage
      title="Agents"
      searchLabel="Search agents by name"
      placeholder="Search by name"
      shown={shown}
      onShow={(search) => void navigate({ search, replace: true })}
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
      notice={
        importProblem !== null && (
          <div className="px-4 pt-4 sm:px-6">
            <Callout tone="danger" announce title="The file was not imported">
              {importProblem instanceof Error ? importProblem.message : 'Something went wrong.'}
            </Callout>
          </div>
        )
      }
    >
      {(clear) => <AgentsList shown={shown} onClear={clear} />}
    </LibraryPage>
  );
}

function AgentsList({ shown, onClear }: { shown: LibrarySearch; onClear: () => void }) {
  const agents = useInfiniteQuery(agentsQuery({ search: shown.search, archived: shown.archived }));
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  return (
    <LibraryTable
      words={{ one: 'agent', many: 'agents' }}
      items={agents}
      shown={shown}
      onClear={onClear}
      searched="its name"
      none={<NoAgents />}
      name={(agent) => (
        <Link
          to="/agents/$agentId"
          params={{ agentId: agent.id }}
          className="hover:text-accent block truncate font-medium underline-offset-2 hover:underline"
        >
          {agent.name}
        </Link>
      )}
      changedAt={(agent) => agent.draftUpdatedAt ?? agent.updatedAt}
      menu={(agent) => <AgentMenu agent={agent} />}
      onOpen={(agent) => void navigate({ to: '/agents/$agentId', params: { agentId: agent.id } })}
      onApproach={(agent) => {
        void queryClient.prefetchQuery(agentQuery(agent.id));
        void queryClient.prefetchQuery(draftQuery(agent.id));
      }}
    />
  );
}

function NoAgents() {
  const canWrite = useCan('agents:write');
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
