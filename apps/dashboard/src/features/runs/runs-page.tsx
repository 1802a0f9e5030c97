import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { RunsSearch } from '@/routes/runs-search';
import { agentsQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { PageHeader } from '@/shared/ui/page-header';
import { RunsFilterBar } from './runs-filter-bar';
import { RunsList } from './runs-list';

const route = getRouteApi('/signed-in/runs');

/** Every run of the organisation, filtered by what stands in the address. */
export function RunsPage() {
  const { status, agentId, triggerId, parentId, from, to, subRuns } = route.useSearch();
  const navigate = route.useNavigate();
  const agents = useInfiniteQuery(agentsQuery({ limit: 100 }));
  const filters: RunsSearch = { status, agentId, triggerId, parentId, from, to, subRuns };
  const show = (next: RunsSearch) => void navigate({ search: next, replace: true });
  return (
    <>
      <PageHeader title="Runs" />
      <RunsFilterBar filters={filters} onChange={show} agents={agents.data?.pages.flatMap((page) => page.data) ?? []} />
      <div className="bg-surface flex-1">
        <RunsList
          filters={filters}
          filtered={Boolean(status || agentId || triggerId || parentId || from || to)}
          onClearFilters={() => show({})}
          firstTime={
            <Button asChild variant="primary">
              <Link to="/agents">Choose an agent to run</Link>
            </Button>
          }
        />
      </div>
    </>
  );
}
