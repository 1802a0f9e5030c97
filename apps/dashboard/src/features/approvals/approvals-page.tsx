import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Wait } from '@/shared/api/generated/schema';
import { classNames } from '@/shared/ui/class-names';
import { PageHeader } from '@/shared/ui/page-header';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';
import { inboxQuery } from '@/shared/waits/waits-queries';
import { ApprovalDetail } from './approval-detail';
import { ApprovalsList } from './approvals-list';

const route = getRouteApi('/signed-in/approvals');

/** What people are asked: what waits for a decision, and what was decided. List and detail beside each other, one after the other on a phone. */
export function ApprovalsPage() {
  const { state, wait } = route.useSearch();
  const navigate = route.useNavigate();
  const inbox = useInfiniteQuery(inboxQuery(state ?? 'open'));
  const waits = inbox.data?.pages.flatMap((page) => page.data) ?? [];
  // What was just decided leaves the list, but not the eyes of whoever decided it.
  const [known, setKnown] = useState<Wait | null>(null);
  const choose = (id: string | undefined) => {
    void navigate({ search: (before) => ({ ...before, wait: id }), replace: true, resetScroll: false });
  };
  // The address has to name it, or the next one would take its place.
  const keep = (next: Wait) => {
    setKnown(next);
    choose(next.id);
  };
  const chosen = known !== null && known.id === wait ? known : waits.find(({ id }) => id === wait);
  const shown = wait === undefined ? waits[0] : chosen;
  return (
    <>
      <PageHeader title="Approvals">
        <TabNav label="Approvals by state">
          <Link
            to="/approvals"
            search={{}}
            activeOptions={{ exact: true, includeSearch: false }}
            className={tabLooks}
            aria-current={state === undefined ? 'page' : undefined}
          >
            Open
          </Link>
          <Link
            to="/approvals"
            search={{ state: 'answered' }}
            className={tabLooks}
            aria-current={state === 'answered' ? 'page' : undefined}
          >
            Decided
          </Link>
        </TabNav>
      </PageHeader>
      <div className="bg-surface flex min-h-0 flex-1">
        <div
          className={classNames(
            'min-h-0 min-w-0 flex-1 overflow-y-auto lg:max-w-md lg:border-r',
            wait !== undefined && 'max-lg:hidden',
          )}
        >
          <ApprovalsList
            inbox={inbox}
            waits={waits}
            decided={state === 'answered'}
            shownId={shown?.id}
            onChoose={choose}
          />
        </div>
        <div className={classNames('min-h-0 min-w-0 flex-1 overflow-y-auto', wait === undefined && 'max-lg:hidden')}>
          {(shown !== undefined || wait !== undefined) && !inbox.isPending && (
            <ApprovalDetail key={shown?.id ?? 'gone'} wait={shown} onKnown={keep} onBack={() => choose(undefined)} />
          )}
        </div>
      </div>
    </>
  );
}
