import { Link } from '@tanstack/react-router';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';

/** What there is of tools: all that agents can use, and the sets that the organisation brought itself. */
export function ToolsTabs() {
  return (
    <TabNav label="Tools">
      <Link to="/tools" activeOptions={{ exact: true, includeSearch: false }} className={tabLooks}>
        All tools
      </Link>
      <Link to="/tools/sets" activeOptions={{ includeSearch: false }} className={tabLooks}>
        Tool sets
      </Link>
    </TabNav>
  );
}
