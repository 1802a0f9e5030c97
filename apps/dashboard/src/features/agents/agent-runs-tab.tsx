import { getRouteApi } from '@tanstack/react-router';
import { RunsFilterBar } from '@/features/runs/runs-filter-bar';
import { RunsList } from '@/features/runs/runs-list';
import type { RunsSearch } from '@/routes/runs-search';
import { Button } from '@/shared/ui/button';

const route = getRouteApi('/signed-in/agents/$agentId/runs');

/** The runs of one agent. */
export function AgentRunsTab() {
  const { agentId } = route.useParams();
  const { status, from, to, subRuns } = route.useSearch();
  const navigate = route.useNavigate();
  const filters: RunsSearch = { status, from, to, subRuns };
  const show = (next: RunsSearch) => void navigate({ search: next, replace: true });
  return (
    <>
      <RunsFilterBar filters={filters} onChange={show} />
      <div className="bg-surface flex-1">
        <RunsList
          filters={{ ...filters, agentId }}
          filtered={Boolean(status || from || to)}
          onClearFilters={() => show({})}
          firstTime={subRuns ? null : <Button onClick={() => show({ subRuns: true })}>Include sub-runs</Button>}
        />
      </div>
    </>
  );
}
