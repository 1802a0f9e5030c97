import { useQuery } from '@tanstack/react-query';
import { agentQuery, draftQuery, nodeKindsQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { Skeleton } from '@/shared/ui/skeleton';
import { EditorWorkspace } from './editor-workspace';

export interface GraphEditorProps {
  /** The agent whose draft is edited. The editor fills the height it is given. */
  agentId: string;
}

/** Draws the draft of an agent: canvas, outline, forms, problems, publishing. */
export function GraphEditor({ agentId }: GraphEditorProps) {
  const agent = useQuery(agentQuery(agentId));
  const draft = useQuery(draftQuery(agentId));
  const kinds = useQuery(nodeKindsQuery());
  const failed = [agent, draft, kinds].find((query) => query.isError && query.data === undefined);
  if (failed)
    return (
      <ErrorState title="The editor could not be loaded" error={failed.error} onRetry={() => void failed.refetch()} />
    );
  if (!agent.data || !draft.data || !kinds.data) return <EditorSkeleton />;
  return <EditorWorkspace agent={agent.data} draft={draft.data} kinds={kinds.data.data} />;
}

function EditorSkeleton() {
  return (
    <div role="status" aria-label="Loading editor" className="flex h-full min-h-0 flex-1 flex-col">
      <div className="bg-surface flex min-h-11 items-center gap-3 border-b px-4">
        <Skeleton className="h-7 w-16" />
        <Skeleton className="h-7 w-28" />
        <Skeleton className="ml-auto h-7 w-36" />
      </div>
      <div className="flex flex-1 items-center justify-center gap-14">
        {[0, 1, 2].map((each) => (
          <Skeleton key={each} className="h-14 w-52 rounded-lg" />
        ))}
      </div>
    </div>
  );
}
