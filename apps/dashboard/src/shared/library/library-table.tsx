import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { FilterX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '@/shared/ui/badge';
import { NextPage } from '@/shared/ui/next-page';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import type { LibrarySearch } from './library-page';

/** What the table shows of a thing that has a draft and versions. */
export interface LibraryItem {
  id: string;
  description?: string | null;
  publishedVersion: number | null;
  hasUnpublishedChanges: boolean;
  archivedAt: string | null;
}

export interface LibraryTableProps<Item extends LibraryItem> {
  /** One of them and several, in small letters. */
  words: { one: string; many: string };
  items: UseInfiniteQueryResult<InfiniteData<{ data: Item[] }>>;
  shown: LibrarySearch;
  onClear: () => void;
  /** Where the search found nothing, for example “its name”. */
  searched: string;
  /** Instead of the table when there is none at all. */
  none: ReactNode;
  name: (item: Item) => ReactNode;
  changedAt: (item: Item) => string;
  menu: (item: Item) => ReactNode;
  onOpen: (item: Item) => void;
  onApproach: (item: Item) => void;
}

/** Things that have drafts and versions: what is published, what is not yet. */
export function LibraryTable<Item extends LibraryItem>(props: LibraryTableProps<Item>) {
  const { words, items, shown, onClear, searched, none, name, changedAt, menu, onOpen, onApproach } = props;
  if (items.isPending) return <SkeletonRows label={words.many} />;
  if (items.isError)
    return (
      <ErrorState
        title={`The ${words.many} could not be loaded`}
        error={items.error}
        onRetry={() => void items.refetch()}
      />
    );
  const rows = items.data.pages.flatMap((page) => page.data);
  if (rows.length === 0 && (shown.search || shown.archived)) {
    return (
      <EmptyState
        icon={<FilterX />}
        title={`No ${words.one} matches`}
        action={<Button onClick={onClear}>Clear the filter</Button>}
      >
        {shown.search ? `No ${words.one} has “${shown.search}” in ${searched}.` : `No ${words.one} is archived.`}
      </EmptyState>
    );
  }
  if (rows.length === 0) return none;
  return (
    <>
      <DataTable
        label={capitalised(words.many)}
        fullWidth
        rows={rows}
        rowKey={(item) => item.id}
        onOpen={onOpen}
        onApproach={onApproach}
        columns={[
          {
            id: 'name',
            header: 'Name',
            className: 'w-full max-w-0 py-1.5',
            cell: (item) => (
              <>
                {name(item)}
                {item.description && <span className="text-muted block truncate">{item.description}</span>}
              </>
            ),
          },
          {
            id: 'version',
            header: 'Published',
            className: 'whitespace-nowrap',
            cell: ({ publishedVersion }) =>
              publishedVersion === null ? <span className="text-muted">Not yet</span> : `Version ${publishedVersion}`,
          },
          {
            id: 'draft',
            header: 'Draft',
            from: 'sm',
            className: 'whitespace-nowrap',
            cell: ({ archivedAt, hasUnpublishedChanges }) =>
              archivedAt ? (
                <Badge>Archived</Badge>
              ) : (
                hasUnpublishedChanges && <Badge tone="warning">Unpublished changes</Badge>
              ),
          },
          {
            id: 'updated',
            header: 'Changed',
            from: 'md',
            className: 'whitespace-nowrap',
            cell: (item) => <RelativeTime at={changedAt(item)} />,
          },
          { id: 'menu', header: <span className="sr-only">Actions</span>, align: 'end', cell: menu },
        ]}
      />
      <NextPage of={items} className="border-t">
        More {words.many}
      </NextPage>
    </>
  );
}

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
