import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useState } from 'react';
import { versionsRestore } from '@/shared/api/generated/operations';
import { versionQuery, versionsDiffQuery } from '@/shared/api/queries';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { ErrorState } from '@/shared/ui/error-state';
import { Field } from '@/shared/ui/field';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Select } from '@/shared/ui/select';
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
  const [restoring, setRestoring] = useState(false);
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
  const { note, createdAt, createdBy, graph } = version.data;
  return (
    <div className="flex flex-col gap-5 p-4 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">Version {number}</h2>
          <p className="text-muted text-sm">
            Published <RelativeTime at={createdAt} />
            {createdBy && ` by ${createdBy.name}`}
          </p>
          {note && <p className="mt-2 max-w-2xl whitespace-pre-wrap">{note}</p>}
        </div>
        {canWrite && (
          <Button icon={<History />} onClick={() => setRestoring(true)}>
            Restore as draft
          </Button>
        )}
      </div>
      {others.length > 1 && (
        <Field label="Compare with" className="w-44">
          {(control) => (
            <Select
              {...control}
              placeholder="Nothing"
              value={against ?? ''}
              options={others
                .filter((each) => each !== number)
                .map((each) => ({ value: String(each), label: `Version ${each}` }))}
              onChange={(event) =>
                void navigate({
                  search: { version: number, against: Number(event.target.value) || undefined },
                  replace: true,
                })
              }
            />
          )}
        </Field>
      )}
      {against !== undefined && <Difference agentId={agentId} from={against} to={number} />}
      <details>
        <summary className="text-muted cursor-pointer py-1">Whole graph as JSON</summary>
        <JsonViewer value={graph} label="graph" className="mt-2 rounded-md border" />
      </details>
      <ConfirmDialog
        open={restoring}
        onOpenChange={setRestoring}
        title={`Make version ${number} the draft?`}
        action={`Restore version ${number}`}
        onConfirm={restore}
      >
        The present draft is replaced; changes in it that were never published are lost. Published versions stay as they
        are.
      </ConfirmDialog>
    </div>
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
