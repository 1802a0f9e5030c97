import {
  type InfiniteData,
  type QueryKey,
  useInfiniteQuery,
  type UseInfiniteQueryOptions,
} from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState } from '@/shared/ui/error-state';
import { NextPage } from '@/shared/ui/next-page';
import { SkeletonRows } from '@/shared/ui/skeleton';

interface PageOf<Item> {
  data: readonly Item[];
}

type ItemOf<Page> = Page extends PageOf<infer Item> ? Item : never;

export interface RecordListProps<Page extends PageOf<unknown>, Key extends QueryKey> {
  query: UseInfiniteQueryOptions<Page, Error, InfiniteData<Page>, Key, string | undefined>;
  /** What they are, in the plural: "receipts". */
  what: string;
  /** Stands there when there are none. */
  empty: ReactNode;
  keyOf: (item: ItemOf<Page>) => string;
  children: (item: ItemOf<Page>) => ReactNode;
}

/** What the server has kept about a step, a card each. */
export function RecordList<Page extends PageOf<unknown>, Key extends QueryKey>({
  query,
  what,
  empty,
  keyOf,
  children,
}: RecordListProps<Page, Key>) {
  const records = useInfiniteQuery(query);
  if (records.isPending) return <SkeletonRows label={what} rows={3} />;
  if (records.isError) {
    return (
      <ErrorState
        title={`The ${what} could not be loaded`}
        error={records.error}
        onRetry={() => void records.refetch()}
      />
    );
  }
  const items = records.data.pages.flatMap(({ data }) => data as readonly ItemOf<Page>[]);
  if (items.length === 0) return empty;
  return (
    <>
      <ol className="flex flex-col gap-3 p-4">
        {items.map((item) => (
          <li key={keyOf(item)} className="rounded-md border p-3">
            {children(item)}
          </li>
        ))}
      </ol>
      <NextPage of={records} />
    </>
  );
}
