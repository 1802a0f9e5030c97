import type { ReactNode } from 'react';
import { Button } from './button';
import { classNames } from './class-names';

/** A list that is read page by page, as an infinite query is one. */
export interface PagedList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  fetchNextPage(): unknown;
}

export interface NextPageProps {
  of: PagedList;
  className?: string;
  /** What there is more of: "Older runs". */
  children?: ReactNode;
}

/** The way on at the end of a list; nothing when the list ends here. */
export function NextPage({ of: list, className, children = 'Show more' }: NextPageProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className={classNames('flex justify-center p-3', className)}>
      <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        {children}
      </Button>
    </div>
  );
}
