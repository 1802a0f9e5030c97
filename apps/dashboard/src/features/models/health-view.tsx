import { useQuery } from '@tanstack/react-query';
import { HeartPulse } from 'lucide-react';
import type { ModelHealth } from '@/shared/api/generated/schema';
import { Badge, type Tone } from '@/shared/ui/badge';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { healthQuery } from './model-queries';

const STATES: Record<ModelHealth['state'], { label: string; tone: Tone }> = {
  closed: { label: 'Well', tone: 'success' },
  'half-open': { label: 'Being tried', tone: 'warning' },
  open: { label: 'Left alone', tone: 'danger' },
};

/** How the models are doing that were called lately, worst first. */
export function HealthView() {
  const health = useQuery(healthQuery());
  if (health.isPending) return <SkeletonRows label="health" />;
  if (health.isError && !health.data) {
    return (
      <ErrorState
        title="The health of the models could not be loaded"
        error={health.error}
        onRetry={() => void health.refetch()}
      />
    );
  }
  const rows = health.data.data;
  return (
    <>
      <p className="text-muted mb-3 max-w-2xl">
        A model that fails five times in a row is left alone for a while; then one call at a time finds out whether it
        is well again. Meanwhile the models that stand in are asked.
      </p>
      <div className="bg-surface overflow-hidden rounded-lg border">
        {rows.length === 0 ? (
          <EmptyState icon={<HeartPulse />} title="Nothing was called yet">
            Models appear here with the first call that goes through the process which answers this page.
          </EmptyState>
        ) : (
          <DataTable
            label="Health of models"
            rows={rows}
            rowKey={({ model, credentialId }) => `${credentialId ?? ''} ${model}`}
            columns={[
              {
                id: 'model',
                header: 'Model',
                className: 'w-full min-w-40 max-w-0 py-2',
                cell: ({ model, credentialId }) => (
                  <>
                    <p className="truncate font-mono">{model}</p>
                    <p className="text-muted truncate">{keyWords(model, credentialId)}</p>
                  </>
                ),
              },
              {
                id: 'state',
                header: 'State',
                cell: ({ state, retryAt }) => (
                  <>
                    <Badge tone={STATES[state].tone}>{STATES[state].label}</Badge>
                    {retryAt && (
                      <p className="text-muted mt-0.5 whitespace-nowrap">
                        again <RelativeTime at={retryAt} />
                      </p>
                    )}
                  </>
                ),
              },
              { id: 'failures', header: 'Failures', align: 'end', cell: ({ failures }) => failures },
              {
                id: 'error',
                header: 'Last error',
                from: 'sm',
                cell: ({ lastErrorCode, lastFailureAt }) => (
                  <>
                    <p className="font-mono text-xs">{lastErrorCode ?? '–'}</p>
                    {lastFailureAt && (
                      <p className="text-muted">
                        <RelativeTime at={lastFailureAt} />
                      </p>
                    )}
                  </>
                ),
              },
              {
                id: 'success',
                header: 'Last answer',
                from: 'md',
                cell: ({ lastSuccessAt }) => <RelativeTime at={lastSuccessAt} empty="Never" />,
              },
            ]}
          />
        )}
      </div>
    </>
  );
}

function keyWords(model: string, credentialId: string | null): string {
  if (credentialId) return 'Your own key';
  return model.startsWith('simulated/') ? 'Built in, offline' : 'Installation’s key';
}
