import { useQuery } from '@tanstack/react-query';
import type { Agent } from '@/shared/api/generated/schema';
import { versionQuery } from '@/shared/api/queries';
import { StartRunForm } from '@/shared/forms/start-run-form';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { Inspector } from '@/shared/ui/inspector';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { useEditor } from '../editor-context';
import { START_KIND } from '../graph/graph';

/** A run of the published version: drafts cannot run, and say so. */
export function RunPanel({ agent }: { agent: Agent }) {
  const { readOnly, show, closeSide } = useEditor();
  const { publishedVersion } = agent;
  return (
    <Inspector title={publishedVersion === null ? 'Run' : `Run version ${publishedVersion}`} onClose={closeSide}>
      {publishedVersion === null ? (
        <EmptyState
          title="Nothing to run yet"
          action={!readOnly && <Button onClick={() => show('publish')}>Publish version 1</Button>}
        >
          A draft cannot run. Publish it first; the version stays as it is while you go on drawing.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4 p-4">
          {agent.hasUnpublishedChanges && !readOnly && (
            <Callout title="Your latest changes are not in this run">
              <p>Version {publishedVersion} runs. A draft cannot.</p>
              <Button size="sm" className="mt-2" onClick={() => show('publish')}>
                Publish version {publishedVersion + 1} first
              </Button>
            </Callout>
          )}
          <PublishedRun agentId={agent.id} version={publishedVersion} />
        </div>
      )}
    </Inspector>
  );
}

function PublishedRun({ agentId, version }: { agentId: string; version: number }) {
  const published = useQuery(versionQuery(agentId, version));
  if (published.isPending) return <SkeletonRows label="version" rows={3} />;
  if (published.isError)
    return (
      <ErrorState
        title="The version could not be loaded"
        error={published.error}
        onRetry={() => void published.refetch()}
      />
    );
  const start = published.data.graph.nodes.find((node) => node.kind === START_KIND);
  return <StartRunForm key={version} agentId={agentId} version={version} schema={start?.config.schema} />;
}
