import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { versionsRestore } from '@/shared/api/generated/operations';
import { versionQuery, versionsDiffQuery } from '@/shared/api/queries';
import { CompareField, VersionFrame } from '@/shared/library/version-frame';
import { useCan } from '@/shared/session/use-session';
import { ErrorState } from '@/shared/ui/error-state';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { GraphChanges } from './graph-changes';

const route = getRouteApi('/signed-in/agents/$agentId/versions');

export interface VersionDetailsProps {
  agentId: string;
  number: number;
  /** The version it is compared with; none for the first. */
  against: number | undefined;
  others: readonly number[];
}

/** One version: who, when, what changed against another, and the way back to it. */
export function VersionDetails({ agentId, number, against, others }: VersionDetailsProps) {
  const version = useQuery(versionQuery(agentId, number));
  const navigate = route.useNavigate();
  const canWrite = useCan('agents:write');
  const restore = useRestore(agentId, number);
  if (version.isPending) return <SkeletonRows label="version" rows={4} />;
  if (version.isError)
    return (
      <ErrorState
        title="The version could not be loaded"
        error={version.error}
        onRetry={() => void version.refetch()}
      />
    );
  const compare = (value: string) =>
    void navigate({ search: { version: number, against: Number(value) || undefined }, replace: true });
  return (
    <VersionFrame version={version.data} canRestore={canWrite} onRestore={restore}>
      {others.length > 0 && <CompareField value={String(against ?? '')} others={others} onCompare={compare} />}
      {against !== undefined && <Difference agentId={agentId} from={against} to={number} />}
      <details>
        <summary className="text-muted cursor-pointer py-1">Whole graph as JSON</summary>
        <JsonViewer value={version.data.graph} label="graph" className="mt-2 rounded-md border" />
      </details>
    </VersionFrame>
  );
}

function Difference({ agentId, from, to }: { agentId: string; from: number; to: number }) {
  const difference = useQuery(versionsDiffQuery(agentId, from, to));
  if (difference.isPending) return <SkeletonRows label="changes" rows={3} />;
  if (difference.isError)
    return (
      <ErrorState
        title="The changes could not be loaded"
        error={difference.error}
        onRetry={() => void difference.refetch()}
      />
    );
  return <GraphChanges changes={difference.data.changes} from={from} to={to} />;
}

function useRestore(agentId: string, number: number) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await versionsRestore({ id: agentId, number });
    await queryClient.invalidateQueries({ queryKey: ['agents'] });
    await navigate({ to: '/agents/$agentId', params: { agentId } });
  };
}
