import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet, useNavigate } from '@tanstack/react-router';
import { PageNotFound } from '@/features/frame/page-not-found';
import { ApiProblem } from '@/shared/api/api-problem';
import { PublishState } from '@/shared/library/publish-state';
import { ErrorState } from '@/shared/ui/error-state';
import { IdChip } from '@/shared/ui/id-chip';
import { PageHeader } from '@/shared/ui/page-header';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { TabNav } from '@/shared/ui/tab-nav';
import { tabLooks } from '@/shared/ui/tabs';
import { PromptMenu } from './prompt-menu';
import { promptQuery } from './prompt-queries';

const route = getRouteApi('/signed-in/prompts/$promptId');

const tabs = [
  { to: '/prompts/$promptId', label: 'Editor', exact: true },
  { to: '/prompts/$promptId/try', label: 'Try', exact: false },
  { to: '/prompts/$promptId/versions', label: 'Versions', exact: false },
] as const;

/** The frame around the tabs of one prompt. */
export function PromptPage() {
  const { promptId } = route.useParams();
  const navigate = useNavigate();
  const prompt = useQuery(promptQuery(promptId));
  if (prompt.isPending) return <SkeletonRows label="prompt" />;
  if (prompt.isError) {
    if (prompt.error instanceof ApiProblem && prompt.error.status === 404) return <PageNotFound />;
    return (
      <ErrorState title="The prompt could not be loaded" error={prompt.error} onRetry={() => void prompt.refetch()} />
    );
  }
  const { name, description } = prompt.data;
  return (
    <>
      <title>{`${name} · AgentFlow`}</title>
      <PageHeader
        above={<Link to="/prompts">Prompts</Link>}
        title={<span className="font-mono">{name}</span>}
        details={
          <>
            <PublishState {...prompt.data} />
            <IdChip id={promptId} label="prompt id" />
            {description && <span className="min-w-0 basis-full truncate">{description}</span>}
          </>
        }
        actions={<PromptMenu prompt={prompt.data} onGone={() => void navigate({ to: '/prompts' })} />}
      >
        <TabNav label="Parts of the prompt">
          {tabs.map((tab) => (
            <Link
              key={tab.to}
              to={tab.to}
              params={{ promptId }}
              activeOptions={{ exact: tab.exact, includeSearch: false }}
              className={tabLooks}
            >
              {tab.label}
            </Link>
          ))}
        </TabNav>
      </PageHeader>
      <div className="flex min-h-0 flex-1 flex-col">
        <Outlet />
      </div>
    </>
  );
}
