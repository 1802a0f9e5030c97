import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useMatch, useNavigate } from '@tanstack/react-router';
import { ApiProblem } from '@/shared/api/api-problem';
import { agentQuery } from '@/shared/api/queries';
import { PageNotFound } from '@/features/frame/page-not-found';
import { PublishState } from '@/shared/library/publish-state';
import { useCan } from '@/shared/session/use-session';
import { ErrorState } from '@/shared/ui/error-state';
import { IdChip } from '@/shared/ui/id-chip';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';
import { AgentMenu } from './agent-menu';
import { RunAgentButton } from './run-agent-button';

const route = getRouteApi('/signed-in/agents/$agentId');

const tabs = [
  { to: '/agents/$agentId', label: 'Editor', exact: true },
  { to: '/agents/$agentId/versions', label: 'Versions', exact: false },
  { to: '/agents/$agentId/runs', label: 'Runs', exact: false },
  { to: '/agents/$agentId/triggers', label: 'Triggers', exact: false },
  { to: '/agents/$agentId/settings', label: 'Settings', exact: false },
] as const;

/** The frame around the tabs of one agent. */
export function AgentPage() {
  const { agentId } = route.useParams();
  const navigate = useNavigate();
  const agent = useQuery(agentQuery(agentId));
  const canRun = useCan('executions:start');
  // The editor has a run button of its own, beside the others that work on the graph.
  const isInEditor = useMatch({ from: '/signed-in/agents/$agentId/', shouldThrow: false }) !== undefined;
  if (agent.isPending) return <SkeletonRows label="agent" />;
  if (agent.isError) {
    if (agent.error instanceof ApiProblem && agent.error.status === 404) return <PageNotFound />;
    return (
      <ErrorState title="The agent could not be loaded" error={agent.error} onRetry={() => void agent.refetch()} />
    );
  }
  return (
    <>
      <title>{`${agent.data.name} · AgentFlow`}</title>
      <PageHeader
        above={<Link to="/agents">Agents</Link>}
        title={agent.data.name}
        details={
          <>
            <PublishState {...agent.data} />
            <IdChip id={agentId} label="agent id" />
          </>
        }
        actions={
          <>
            {canRun && !isInEditor && agent.data.archivedAt === null && <RunAgentButton agent={agent.data} />}
            <AgentMenu agent={agent.data} onArchived={() => void navigate({ to: '/agents' })} />
          </>
        }
      >
        <TabNav label="Parts of the agent">
          {tabs.map((tab) => (
            <Link
              key={tab.to}
              to={tab.to}
              params={{ agentId }}
              activeOptions={{ exact: tab.exact, includeSearch: false }}
              className={tabLooks}
            >
              {tab.label}
            </Link>
          ))}
        </TabNav>
      </PageHeader>
      <div className="flex min-h-0 flex-1 flex-col">
        <Outlet />
      </div>
    </>
  );
}
