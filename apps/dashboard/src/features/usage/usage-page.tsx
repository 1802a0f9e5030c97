import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useId, type ReactNode } from 'react';
import { useCan } from '@/shared/session/use-session';
import { ErrorState } from '@/shared/ui/error-state';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';
import { BudgetsForm } from './budgets-form';
import { HeldRuns } from './held-runs';
import { LedgerTable } from './ledger-table';
import { TopUpForm } from './top-up-form';
import { UsageBreakdown } from './usage-breakdown';
import { budgetsQuery, usageQuery } from './usage-queries';
import { WindowList } from './window-list';

const route = getRouteApi('/signed-in/usage');

const RANGES = [
  { days: '7', words: '7 days' },
  { days: undefined, words: '30 days' },
  { days: '90', words: '90 days' },
] as const;

/** What models cost, what they may cost, and what waits for money. */
export function UsagePage() {
  const { days } = route.useSearch();
  const usage = useQuery(usageQuery(Number(days ?? 30)));
  return (
    <>
      <PageHeader title="Usage & limits">
        <TabNav label="Time">
          {RANGES.map((range) => (
            <Link
              key={range.words}
              to="/usage"
              search={range.days === undefined ? {} : { days: range.days }}
              className={tabLooks}
              activeOptions={{ exact: true, includeSearch: true }}
            >
              {range.words}
            </Link>
          ))}
        </TabNav>
      </PageHeader>
      <div className="w-full max-w-5xl p-4 sm:p-6">
        <HeldRuns />
        {usage.isPending ? (
          <SkeletonRows label="usage" />
        ) : usage.isError ? (
          <ErrorState title="The usage could not be loaded" error={usage.error} onRetry={() => void usage.refetch()} />
        ) : (
          <>
            <Part title="Now" intro="What the present windows hold. Calls that no budget has room for wait.">
              <WindowList windows={usage.data.windows} rates={usage.data.rates} />
            </Part>
            <Part title="What was used">
              <UsageBreakdown report={usage.data} />
            </Part>
          </>
        )}
        <Part title="Budgets" intro="Checked before each model call: money is set aside, then settled at what it cost.">
          <BudgetsForm />
        </Part>
        <Part title="Ledger" intro="Every movement of money. Nothing in it is ever changed or taken out.">
          <PrepaidTopUp />
          <LedgerTable />
        </Part>
      </div>
    </>
  );
}

function PrepaidTopUp() {
  const canWrite = useCan('billing:write');
  const budgets = useQuery(budgetsQuery());
  return canWrite && budgets.data?.prepaid ? <TopUpForm /> : null;
}

function Part({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="mb-10 last:mb-0">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {intro !== undefined && <p className="text-muted max-w-2xl">{intro}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}
