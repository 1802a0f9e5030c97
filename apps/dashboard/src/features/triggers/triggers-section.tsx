import type { ReactNode } from 'react';
import { Button } from '@/shared/ui/button';

export interface TriggersSectionProps {
  intro: string;
  actions: ReactNode;
  /** The list's query, for its further pages. */
  more: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: ReactNode;
}

/** One of the two lists of triggers. */
export function TriggersSection({ intro, actions, more, children }: TriggersSectionProps) {
  return (
    <>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <p className="text-muted max-w-2xl">{intro}</p>
        {actions}
      </div>
      {children}
      {more.hasNextPage && (
        <div className="flex justify-center p-3">
          <Button pending={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
