import { getRouteApi, Link } from '@tanstack/react-router';
import { PageHeader } from '@/shared/ui/page-header';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';
import { CatalogueView } from './catalogue-view';
import { HealthView } from './health-view';
import { RulesView } from './rules-view';

const route = getRouteApi('/signed-in/models');

const VIEWS = [
  { view: undefined, label: 'Catalogue' },
  { view: 'rules', label: 'Rules' },
  { view: 'health', label: 'Health' },
] as const;

/** What agents can ask, what it costs, what may be asked, and how it is doing. */
export function ModelsPage() {
  const { view } = route.useSearch();
  return (
    <>
      <PageHeader title="Models">
        <TabNav label="Models">
          {VIEWS.map((each) => (
            <Link
              key={each.label}
              to="/models"
              search={{ view: each.view }}
              activeOptions={{ includeSearch: true, explicitUndefined: true }}
              className={tabLooks}
            >
              {each.label}
            </Link>
          ))}
        </TabNav>
      </PageHeader>
      <div className="w-full max-w-6xl p-4 sm:p-6">
        {view === undefined && <CatalogueView />}
        {view === 'rules' && <RulesView />}
        {view === 'health' && <HealthView />}
      </div>
    </>
  );
}
