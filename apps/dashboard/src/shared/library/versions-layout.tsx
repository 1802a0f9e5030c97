import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { GitCommitHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/shared/ui/button';
import { classNames } from '@/shared/ui/class-names';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';

/** A published version as a list shows it. */
export interface ListedVersion {
  number: number;
  note: string | null;
  createdAt: string;
  createdBy: { name: string } | null;
}

/** What a link to a version is made with; where it leads is the caller's. */
export interface VersionLinkProps {
  'aria-current': 'true' | undefined;
  className: string;
  children: ReactNode;
}

export interface VersionsLayoutProps {
  versions: UseInfiniteQueryResult<InfiniteData<{ data: ListedVersion[] }>>;
  /** The number in the address; the newest one is shown without. */
  chosen: number | undefined;
  /** The number to compare with in the address; the one before is taken without. */
  against: number | undefined;
  /** What a version is good for, where there is none yet. */
  purpose: string;
  editorLink: ReactNode;
  link: (number: number, props: VersionLinkProps) => ReactNode;
  details: (version: { number: number; against: number | undefined; others: readonly number[] }) => ReactNode;
}

/** Published versions at the left, the chosen one at the right. */
export function VersionsLayout(props: VersionsLayoutProps) {
  const { versions, chosen, against, purpose, editorLink, link, details } = props;
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
  const shown = chosen ?? all[0]?.number;
  if (shown === undefined) {
    return (
      <EmptyState
        icon={<GitCommitHorizontal />}
        title="Nothing published yet"
        action={
          <Button asChild variant="primary">
            {editorLink}
          </Button>
        }
      >
        {purpose}
      </EmptyState>
    );
  }
  const previous = all.find((each) => each.number < shown)?.number;
  const others = all.map((each) => each.number).filter((each) => each !== shown);
  return (
    <div className="grid min-h-0 flex-1 md:grid-cols-[18rem_1fr]">
      <nav aria-label="Versions" className="max-h-full overflow-y-auto border-r max-md:max-h-56 max-md:border-b">
        <ul>
          {all.map((version) => (
            <li key={version.number}>{link(version.number, linkProps(version, version.number === shown))}</li>
          ))}
        </ul>
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
        {details({ number: shown, against: against ?? previous, others })}
      </div>
    </div>
  );
}

function linkProps(version: ListedVersion, current: boolean): VersionLinkProps {
  return {
    'aria-current': current ? 'true' : undefined,
    className: classNames(
      'block border-b px-4 py-2.5 sm:pl-6 focus-visible:outline-offset-[-2px]',
      current ? 'bg-selected' : 'hover:bg-hover',
    ),
    children: (
      <>
        <span className="flex items-baseline justify-between gap-2">
          <span className="font-medium">Version {version.number}</span>
          <span className="text-muted text-sm">
            <RelativeTime at={version.createdAt} />
          </span>
        </span>
        <span className="text-muted block truncate text-sm">
          {version.note || version.createdBy?.name || 'No note'}
        </span>
      </>
    ),
  };
}
