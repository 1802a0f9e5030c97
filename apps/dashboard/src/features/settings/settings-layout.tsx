import { Link, Outlet } from '@tanstack/react-router';
import { useMe } from '@/shared/session/use-session';
import { PageHeader } from '@/shared/ui/page-header';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';

const tabs = [
  { to: '/settings/profile', label: 'Profile', permission: null },
  { to: '/settings/organisation', label: 'Organisation', permission: 'org:read' },
  { to: '/settings/members', label: 'Members', permission: 'members:read' },
  { to: '/settings/roles', label: 'Roles', permission: 'members:read' },
  { to: '/settings/teams', label: 'Teams', permission: 'members:read' },
  { to: '/settings/api-keys', label: 'API keys', permission: 'keys:read' },
  { to: '/settings/webhook-endpoints', label: 'Webhook endpoints', permission: 'webhooks:read' },
  { to: '/settings/mcp', label: 'MCP', permission: 'agents:read' },
] as const;

/** The frame around the settings; shows only the parts the person may read. */
export function SettingsLayout() {
  return (
    <>
      <PageHeader title="Settings">
        <TabNav label="Settings">
          {tabs.map((tab) => (
            <SettingsTab key={tab.to} {...tab} />
          ))}
        </TabNav>
      </PageHeader>
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <Outlet />
      </div>
    </>
  );
}

function SettingsTab({ to, label, permission }: (typeof tabs)[number]) {
  const { permissions } = useMe();
  if (permission !== null && !permissions.includes(permission)) return null;
  return (
    <Link to={to} className={tabLooks}>
      {label}
    </Link>
  );
}
