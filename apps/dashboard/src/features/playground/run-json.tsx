import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { executionQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { messagesQuery } from './chat-queries';

/** The run of the last turn as the API tells of it. */
export function LastRunJson({ conversationId }: { conversationId: string | undefined }) {
  return conversationId === undefined ? (
    <p className="text-muted p-4">What the server says of a turn stands here once something was said.</p>
  ) : (
    <OfConversation conversationId={conversationId} />
  );
}

function OfConversation({ conversationId }: { conversationId: string }) {
  const messages = useInfiniteQuery(messagesQuery(conversationId));
  const last = messages.data?.pages[0]?.data.find(({ executionId }) => executionId !== null);
  const executionId = last?.executionId ?? '';
  // Another state of the turn is another question.
  const query = executionQuery(executionId);
  const run = useQuery({ ...query, queryKey: [...query.queryKey, last?.state ?? ''], enabled: executionId !== '' });
  if (executionId === '') return <p className="text-muted p-4">No run yet.</p>;
  if (run.isPending) return <SkeletonRows label="run" />;
  if (run.isError)
    return <ErrorState title="The run could not be loaded" error={run.error} onRetry={() => void run.refetch()} />;
  return <JsonViewer value={run.data} label="run" openLevels={2} />;
}
