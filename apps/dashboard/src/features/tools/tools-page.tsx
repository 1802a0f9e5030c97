import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { FilterX, Wrench } from 'lucide-react';
import { toolsQuery } from '@/shared/api/queries';
import type { Tool } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { Input } from '@/shared/ui/input';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { groupOf, matches } from '@/shared/tools/tool-words';
import { ToolsTabs } from './tools-tabs';
import { TryTool } from './try-tool';

const route = getRouteApi('/signed-in/tools');

/** Everything that agents and tool nodes can do, with a form to try each. */
export function ToolsPage() {
  const { search = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const type = (text: string) =>
    void navigate({ search: (now) => ({ ...now, search: text || undefined }), replace: true });
  return (
    <>
      <PageHeader title="Tools">
        <ToolsTabs />
      </PageHeader>
      <div className="border-b px-4 py-2.5 sm:px-6">
        <Input
          type="search"
          aria-label="Search tools"
          placeholder="Search by name or purpose"
          className="max-w-72"
          value={search}
          onChange={(event) => type(event.target.value)}
        />
      </div>
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <ToolsList search={search} onClear={() => type('')} />
      </div>
    </>
  );
}

function ToolsList({ search, onClear }: { search: string; onClear: () => void }) {
  const { tool: opened } = route.useSearch();
  const tools = useQuery(toolsQuery());
  if (tools.isPending) return <SkeletonRows label="tools" />;
  if (tools.isError) {
    return (
      <ErrorState title="The tools could not be loaded" error={tools.error} onRetry={() => void tools.refetch()} />
    );
  }
  const found = tools.data.data.filter((tool) => matches(tool, search));
  if (found.length === 0) {
    return search === '' ? (
      <EmptyState icon={<Wrench />} title="No tools">
        This installation brings none along.
      </EmptyState>
    ) : (
      <EmptyState
        icon={<FilterX />}
        title="No tool matches"
        action={<Button onClick={onClear}>Clear the search</Button>}
      >
        Nothing is called “{search}” or made for it.
      </EmptyState>
    );
  }
  const groups = [...new Set(found.map(groupOf))];
  return groups.map((group) => (
    <section key={group} aria-label={group} className="mb-6">
      <h2 className="mb-2 font-semibold">{group}</h2>
      <ul className="bg-surface divide-y rounded-lg border">
        {found
          .filter((tool) => groupOf(tool) === group)
          .map((tool) => (
            <ToolRow key={tool.name} tool={tool} isOpen={tool.name === opened} />
          ))}
      </ul>
    </section>
  ));
}

function ToolRow({ tool, isOpen }: { tool: Tool; isOpen: boolean }) {
  const canRun = useCan('tools:run');
  const needed = tool.credential?.required ? tool.credential.kinds.join(' or ') : null;
  return (
    <li className="p-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-1.5">
            <span className="font-mono font-medium break-all">{tool.name}</span>
            {tool.effect === 'write' && <Badge tone="warning">Changes something</Badge>}
            {needed && <Badge>Credential: {needed}</Badge>}
          </p>
          <p className="text-muted break-words whitespace-pre-line">{tool.description}</p>
        </div>
        {canRun && (
          <Button asChild size="sm">
            <Link
              to="/tools"
              search={(now) => ({ ...now, tool: isOpen ? undefined : tool.name })}
              resetScroll={false}
              aria-expanded={isOpen}
              aria-label={`${isOpen ? 'Close' : 'Try'} ${tool.name}`}
            >
              {isOpen ? 'Close' : 'Try'}
            </Link>
          </Button>
        )}
      </div>
      {isOpen && canRun && (
        <div className="mt-3 border-t pt-3">
          <TryTool key={tool.name} tool={tool} />
        </div>
      )}
    </li>
  );
}
