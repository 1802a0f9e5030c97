import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { GitCommitHorizontal } from 'lucide-react';
import type { VersionSummary } from '@/shared/api/generated/schema';
import { versionsQuery } from '@/shared/api/queries';
import { Button } from '@/shared/ui/button';
import { classNames } from '@/shared/ui/class-names';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { VersionDetails } from './version-details';

const route = getRouteApi('/signed-in/agents/$agentId/versions');

/** Published versions at the left, what the chosen one changed at the right. */
export function AgentVersionsTab() {
  const { agentId } = route.useParams();
  const search = route.useSearch();
  const versions = useInfiniteQuery(versionsQuery(agentId));
  if (versions.isPending) return <SkeletonRows label="versions" />;
  if (versions.isError)
    return (
      <ErrorState
        title="The versions could not be loaded"
        error={versions.error}
        onRetry={() => void versions.refetch()}
      />
    );
  const all = versions.data.pages.flatMap((page) => page.data);
  const shown = search.version ?? all[0]?.number;
  if (shown === undefined) {
    return (
      <EmptyState
        icon={<GitCommitHorizontal />}
        title="Nothing published yet"
        action={
          <Button asChild variant="primary">
            <Link to="/agents/$agentId" params={{ agentId }}>
              Open the editor
            </Link>
          </Button>
        }
      >
        Publishing turns the draft into a version that never changes, and that runs can be pinned to.
      </EmptyState>
    );
  }
  const previous = all.find((each) => each.number < shown)?.number;
  return (
    <div className="grid min-h-0 flex-1 md:grid-cols-[18rem_1fr]">
      <nav aria-label="Versions" className="max-h-full overflow-y-auto border-r max-md:max-h-56 max-md:border-b">
        {all.map((version) => (
          <VersionLink key={version.number} agentId={agentId} version={version} current={version.number === shown} />
        ))}
        {versions.hasNextPage && (
          <Button
            variant="quiet"
            className="m-3"
            pending={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            Older versions
          </Button>
        )}
      </nav>
      <div className="bg-surface min-w-0 overflow-y-auto">
        <VersionDetails
          key={shown}
          agentId={agentId}
          number={shown}
          against={search.against ?? previous}
          others={all.map((each) => each.number)}
        />
      </div>
    </div>
  );
}

function VersionLink({ agentId, version, current }: { agentId: string; version: VersionSummary; current: boolean }) {
  return (
    <Link
      to="/agents/$agentId/versions"
      params={{ agentId }}
      search={{ version: version.number }}
      aria-current={current ? 'true' : undefined}
      className={classNames(
        'block border-b px-4 py-2.5 sm:pl-6 focus-visible:outline-offset-[-2px]',
        current ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span className="flex items-baseline justify-between gap-2">
        <span className="font-medium">Version {version.number}</span>
        <span className="text-muted text-sm">
          <RelativeTime at={version.createdAt} />
        </span>
      </span>
      <span className="text-muted block truncate text-sm">{version.note ?? version.createdBy?.name ?? 'No note'}</span>
    </Link>
  );
}
