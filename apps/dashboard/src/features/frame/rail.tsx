import { Link } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Kbd } from '@/shared/ui/kbd';
import { useOpenDecisions } from '@/shared/waits/use-open-decisions';
import { places } from './navigation';
import { OrgMenu } from './org-menu';
import { PersonMenu } from './person-menu';

/** The left rail of wide screens. */
export function Rail({ onSearch }: { onSearch: () => void }) {
  return (
    <aside className="flex w-56 shrink-0 flex-col gap-3 border-r p-3 max-md:hidden">
      <OrgMenu />
      <button
        type="button"
        onClick={onSearch}
        className="border-line bg-surface text-muted hover:border-line-control flex h-8 items-center gap-2 rounded-md border px-2 text-left"
      >
        <Search aria-hidden className="size-4" />
        <span className="flex-1">Search</span>
        <Kbd keys="mod+k" />
      </button>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-0.5">
        {places.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            activeOptions={{ exact: place.exact }}
            className="text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:text-text flex h-8 items-center gap-2.5 rounded-md px-2 font-medium [&_svg]:size-4"
          >
            {place.icon}
            <span className="flex-1">{place.label}</span>
            {place.to === '/approvals' && <OpenDecisions />}
          </Link>
        ))}
      </nav>
      <PersonMenu />
    </aside>
  );
}

/** Beside the place where they are taken; nothing while there is none. */
function OpenDecisions() {
  const open = useOpenDecisions();
  if (open === null) return null;
  return (
    <span className="bg-warning-soft text-warning border-warning/30 tabular rounded-sm border px-1.5 text-xs">
      {open}
      <span className="sr-only"> open</span>
    </span>
  );
}
