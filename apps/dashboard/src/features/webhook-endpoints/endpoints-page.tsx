import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Plus, Send } from 'lucide-react';
import { useState } from 'react';
import { SettingsBox, SettingsSection } from '@/features/settings/settings-section';
import type { WebhookEndpointWithSecret } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { EndpointForm } from './endpoint-form';
import { ENDPOINTS_KEY, endpointsQuery } from './endpoint-queries';
import { EndpointSecret } from './endpoint-secret';
import { EndpointState } from './endpoint-state';

const route = getRouteApi('/signed-in/settings/webhook-endpoints');

/** Addresses of other systems that are told what happens here. */
export function EndpointsPage() {
  const { form } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('webhooks:write');
  const endpoints = useQuery(endpointsQuery());
  const [made, setMade] = useState<WebhookEndpointWithSecret | null>(null);
  if (endpoints.isPending) return <SkeletonRows label="webhook endpoints" />;
  if (endpoints.isError)
    return (
      <ErrorState
        title="The webhook endpoints could not be loaded"
        error={endpoints.error}
        onRetry={() => void endpoints.refetch()}
      />
    );
  const rows = endpoints.data.data;
  const isNew = canWrite && form === 'new';
  const add = canWrite && !isNew && (
    <Button variant="primary" icon={<Plus />} onClick={() => void navigate({ search: { form: 'new' } })}>
      New endpoint
    </Button>
  );
  return (
    <SettingsSection
      title="Webhook endpoints"
      intro="Other systems are told when runs end or wait. Each message is signed, tried for three days, and kept in a log for 30 days."
      actions={rows.length > 0 && add}
    >
      {made && <EndpointSecret name={made.name} secret={made.secret} onClose={() => setMade(null)} />}
      {isNew && (
        <EndpointForm
          endpoint={null}
          onCancel={() => void navigate({ search: {} })}
          onSaved={(created) => {
            setMade(created);
            void queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY });
            void navigate({ search: {} });
          }}
        />
      )}
      <SettingsBox>
        {rows.length === 0 ? (
          <EmptyState icon={<Send />} title="No webhook endpoints yet" action={add}>
            Have your own system told when a run fails, ends, or waits for somebody.
          </EmptyState>
        ) : (
          <DataTable
            label="Webhook endpoints"
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) =>
              void navigate({ to: '/settings/webhook-endpoints/$endpointId', params: { endpointId: id }, search: {} })
            }
            columns={[
              {
                id: 'name',
                header: 'Endpoint',
                className: 'w-full min-w-40 max-w-0 py-2',
                cell: ({ id, name, url }) => (
                  <>
                    <Link
                      to="/settings/webhook-endpoints/$endpointId"
                      params={{ endpointId: id }}
                      className="font-medium hover:underline"
                    >
                      {name}
                    </Link>
                    <p className="text-muted truncate font-mono text-xs">{url}</p>
                  </>
                ),
              },
              {
                id: 'events',
                header: 'Events',
                from: 'md',
                cell: ({ events }) => <span className="text-muted">{events.join(', ')}</span>,
              },
              { id: 'state', header: 'State', cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
              { id: 'made', header: 'Made', from: 'lg', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
            ]}
          />
        )}
      </SettingsBox>
    </SettingsSection>
  );
}
