import { Link, Outlet } from '@tanstack/react-router';
import { PageHeader } from '@/shared/ui/page-header';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';

/** The frame around schedules and webhooks: what starts runs by itself. */
export function TriggersLayout() {
  return (
    <>
      <PageHeader title="Schedules and webhooks">
        <TabNav label="Ways to start runs">
          <Link to="/schedules" activeOptions={{ exact: true, includeSearch: false }} className={tabLooks}>
            Schedules
          </Link>
          <Link to="/schedules/webhooks" activeOptions={{ includeSearch: false }} className={tabLooks}>
            Webhooks
          </Link>
        </TabNav>
      </PageHeader>
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <Outlet />
      </div>
    </>
  );
}
