import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { Prompt } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { PromptEditor } from './prompt-editor';
import { promptDraftQuery, promptQuery } from './prompt-queries';

const route = getRouteApi('/signed-in/prompts/$promptId/');

/** The draft of a prompt, to be edited, or to be read by those who may not. */
export function PromptEditorTab() {
  const { promptId } = route.useParams();
  const prompt = useQuery(promptQuery(promptId));
  const draft = useQuery({ ...promptDraftQuery(promptId), refetchOnWindowFocus: false });
  const canWrite = useCan('prompts:write');
  if (prompt.isPending || draft.isPending) return <SkeletonRows label="draft" />;
  if (prompt.isError || draft.isError) {
    return (
      <ErrorState
        title="The draft could not be loaded"
        error={draft.error ?? prompt.error}
        onRetry={() => {
          void prompt.refetch();
          void draft.refetch();
        }}
      />
    );
  }
  const readOnly = !canWrite || prompt.data.archivedAt !== null;
  return (
    <>
      {readOnly && <ReadOnlyNote prompt={prompt.data} canWrite={canWrite} />}
      <PromptEditor key={promptId} prompt={prompt.data} draft={draft.data} readOnly={readOnly} />
    </>
  );
}

function ReadOnlyNote({ prompt, canWrite }: { prompt: Prompt; canWrite: boolean }) {
  return (
    <Callout className="m-4 mb-0 sm:mx-6">
      {prompt.archivedAt !== null && canWrite
        ? 'This prompt is archived. Take it back into use before you change it.'
        : 'You can read this prompt; changing it needs the role of an editor.'}
    </Callout>
  );
}
