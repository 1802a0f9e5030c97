import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCan } from '@/shared/session/use-session';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { wholeContent } from './prompt-content';
import { promptDraftQuery, promptVersionsQuery } from './prompt-queries';
import { TryPrompt } from './try-prompt';

const route = getRouteApi('/signed-in/prompts/$promptId/try');

/** Wordings and models beside each other. */
export function TryPromptTab() {
  const { promptId } = route.useParams();
  const draft = useQuery({ ...promptDraftQuery(promptId), refetchOnWindowFocus: false });
  const versions = useInfiniteQuery(promptVersionsQuery(promptId));
  const mayWrite = useCan('prompts:write');
  const mayStart = useCan('executions:start');
  if (!mayWrite || !mayStart) {
    return (
      <Callout className="m-4 sm:m-6">
        Trying a prompt starts runs that cost money. Your role may read prompts only; ask an admin.
      </Callout>
    );
  }
  if (draft.isPending || versions.isPending) return <SkeletonRows label="prompt" />;
  if (draft.isError || versions.isError) {
    return (
      <ErrorState
        title="The prompt could not be loaded"
        error={draft.error ?? versions.error}
        onRetry={() => {
          void draft.refetch();
          void versions.refetch();
        }}
      />
    );
  }
  const numbers = versions.data.pages.flatMap((page) => page.data).map(({ number }) => number);
  return <TryPrompt key={promptId} promptId={promptId} draft={wholeContent(draft.data.content)} versions={numbers} />;
}
