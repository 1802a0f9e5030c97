import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import type { Agent } from '@/shared/api/generated/schema';
import { versionQuery } from '@/shared/api/queries';
import { StartRunForm } from '@/shared/forms/start-run-form';
import { Button } from '@/shared/ui/button';
import { ErrorState } from '@/shared/ui/error-state';
import { Popover } from '@/shared/ui/popover';
import { Skeleton } from '@/shared/ui/skeleton';
import { Tooltip } from '@/shared/ui/tooltip';

/** Runs the published version with an input typed here. */
export function RunAgentButton({ agent }: { agent: Agent }) {
  const [open, setOpen] = useState(false);
  if (agent.publishedVersion === null) {
    return (
      <Tooltip content="Publish a version first">
        <Button icon={<Play />} aria-disabled>
          Run
        </Button>
      </Tooltip>
    );
  }
  return (
    <Popover
      label={`Run version ${agent.publishedVersion}`}
      align="end"
      className="w-[min(26rem,calc(100vw-2rem))]"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button icon={<Play />}>Run version {agent.publishedVersion}</Button>}
    >
      <PublishedInput agentId={agent.id} version={agent.publishedVersion} />
    </Popover>
  );
}

function PublishedInput({ agentId, version }: { agentId: string; version: number }) {
  const published = useQuery(versionQuery(agentId, version));
  if (published.isPending) return <Skeleton className="h-32" />;
  if (published.isError) {
    return (
      <ErrorState
        title="The version could not be loaded"
        error={published.error}
        onRetry={() => void published.refetch()}
      />
    );
  }
  const start = published.data.graph.nodes.find((node) => node.kind === 'start');
  return <StartRunForm agentId={agentId} version={version} schema={start?.config.schema} />;
}
