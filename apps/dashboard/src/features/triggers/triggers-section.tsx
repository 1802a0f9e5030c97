import type { ReactNode } from 'react';
import { NextPage, type PagedList } from '@/shared/ui/next-page';

export interface TriggersSectionProps {
  intro: string;
  actions: ReactNode;
  /** The list's query, for its further pages. */
  more: PagedList;
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
      <NextPage of={more} />
    </>
  );
}
