import { useQuery } from '@tanstack/react-query';
import { TryTool } from '@/features/tools/try-tool';
import { toolsQuery } from '@/shared/api/queries';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';

/** Runs one tool of a set by hand, as the registry knows it. */
export function TryOwnTool({ name }: { name: string }) {
  const tools = useQuery(toolsQuery());
  if (tools.isPending) return <SkeletonRows label="the tool" rows={2} />;
  if (tools.isError) {
    return <ErrorState title="The tool could not be loaded" error={tools.error} onRetry={() => void tools.refetch()} />;
  }
  const tool = tools.data.data.find((each) => each.name === name);
  return (
    <div className="border-t pt-3">
      {tool ? <TryTool tool={tool} /> : <p className="text-muted text-sm">It was switched off meanwhile.</p>}
    </div>
  );
}
