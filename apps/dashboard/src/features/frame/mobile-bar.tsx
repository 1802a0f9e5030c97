import { useNavigate } from '@tanstack/react-router';
import { Menu as MenuIcon, Search } from 'lucide-react';
import { IconButton } from '@/shared/ui/icon-button';
import { Menu, MenuItem } from '@/shared/ui/menu';
import { useOpenDecisions } from '@/shared/waits/use-open-decisions';
import { places } from './navigation';
import { OrgMenu } from './org-menu';
import { PersonMenu } from './person-menu';

/** What becomes of the rail on narrow screens. */
export function MobileBar({ onSearch }: { onSearch: () => void }) {
  const navigate = useNavigate();
  const open = useOpenDecisions();
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b px-2 md:hidden">
      <Menu align="start" trigger={<IconButton label="Open the menu" icon={<MenuIcon />} />}>
        {places.map((place) => (
          <MenuItem key={place.to} icon={place.icon} onSelect={() => void navigate({ to: place.to })}>
            {place.to === '/approvals' && open !== null ? `${place.label} (${open})` : place.label}
          </MenuItem>
        ))}
      </Menu>
      <div className="min-w-0 flex-1">
        <OrgMenu />
      </div>
      <IconButton label="Search" icon={<Search />} onClick={onSearch} />
      <PersonMenu compact />
    </header>
  );
}
