import { useNavigate } from '@tanstack/react-router';
import { Building2, ChevronsUpDown, Plus } from 'lucide-react';
import { useMe } from '@/shared/session/use-session';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/shared/ui/menu';
import { toast } from '@/shared/ui/toaster';
import { switchOrg } from './switch-org';

/** Which organisation this tab works in, and the others of the person. */
export function OrgMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const choose = async (orgId: string) => {
    try {
      await switchOrg(orgId);
      await navigate({ to: '/', search: { org: orgId } });
    } catch {
      toast.error('The organisation could not be opened. Try again.');
    }
  };
  return (
    <Menu
      align="start"
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={`Organisation ${me.org.name}, switch`}
          className="hover:bg-hover flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left"
        >
          <span
            aria-hidden
            className="bg-accent text-on-accent flex size-5 shrink-0 items-center justify-center rounded-sm text-xs font-semibold"
          >
            {me.org.name.slice(0, 1).toUpperCase()}
          </span>
          <span className="min-w-0 flex-1 truncate font-semibold">{me.org.name}</span>
          <ChevronsUpDown aria-hidden className="text-muted size-4 shrink-0" />
        </button>
      }
    >
      <MenuLabel>Organisations</MenuLabel>
      {me.orgs.map((org) => (
        <MenuItem key={org.id} icon={<Building2 />} checked={org.id === me.org.id} onSelect={() => void choose(org.id)}>
          {org.name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<Plus />} onSelect={() => void navigate({ to: '/organisations/new' })}>
        New organisation
      </MenuItem>
    </Menu>
  );
}
