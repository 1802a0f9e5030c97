import { useNavigate } from '@tanstack/react-router';
import { CircleUser, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useMe } from '@/shared/session/use-session';
import { chooseTheme, useThemePreference } from '@/shared/theme';
import { IconButton } from '@/shared/ui/icon-button';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/shared/ui/menu';
import { toast } from '@/shared/ui/toaster';
import { signOut } from './switch-org';

/** Who is signed in: profile, theme, signing out. */
export function PersonMenu({ compact }: { compact?: boolean }) {
  const { user, role } = useMe();
  const navigate = useNavigate();
  const theme = useThemePreference();
  const leave = () => {
    signOut().then(
      () => navigate({ to: '/sign-in' }),
      () => toast.error('Signing out did not reach the server. You are still signed in.'),
    );
  };
  const trigger = compact ? (
    <IconButton label="Your account" icon={<CircleUser />} />
  ) : (
    <button type="button" className="hover:bg-hover flex h-11 min-w-0 items-center gap-2.5 rounded-md px-2 text-left">
      <CircleUser aria-hidden className="text-muted size-5 shrink-0" />
      <span className="min-w-0 flex-1 leading-tight">
        <span className="block truncate font-medium">{user.name ?? user.email}</span>
        <span className="text-muted block truncate text-sm">{role}</span>
      </span>
    </button>
  );
  return (
    <Menu align={compact ? 'end' : 'start'} side={compact ? 'bottom' : 'top'} className="w-56" trigger={trigger}>
      <MenuLabel>{user.email}</MenuLabel>
      <MenuItem icon={<UserRound />} onSelect={() => void navigate({ to: '/settings/profile' })}>
        Profile and password
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Monitor />} checked={theme === 'system'} onSelect={() => chooseTheme('system')}>
        Theme of the system
      </MenuItem>
      <MenuItem icon={<Sun />} checked={theme === 'light'} onSelect={() => chooseTheme('light')}>
        Light
      </MenuItem>
      <MenuItem icon={<Moon />} checked={theme === 'dark'} onSelect={() => chooseTheme('dark')}>
        Dark
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
