import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { SettingsSection } from '@/features/settings/settings-section';
import { ApiProblem } from '@/shared/api/api-problem';
import { webhookEndpointsUpdate } from '@/shared/api/generated/operations';
import { useCan } from '@/shared/session/use-session';
import { Badge } from '@/shared/ui/badge';
import { Callout } from '@/shared/ui/callout';
import { CopyButton } from '@/shared/ui/copy-button';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Switch } from '@/shared/ui/switch';
import { EndpointActions } from './endpoint-actions';
import { EndpointDeliveries } from './endpoint-deliveries';
import { EndpointForm } from './endpoint-form';
import { ENDPOINTS_KEY, endpointQuery } from './endpoint-queries';
import { EndpointSecret } from './endpoint-secret';
import { EndpointNotice, EndpointState } from './endpoint-state';

const route = getRouteApi('/signed-in/settings/webhook-endpoints/$endpointId');

/** One endpoint: how it does, what it is told, and what became of every message. */
export function EndpointPage() {
  const { endpointId } = route.useParams();
  const { form, state, delivery } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('webhooks:write');
  const endpoint = useQuery(endpointQuery(endpointId));
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY });
  const toggle = useMutation({
    mutationFn: (enabled: boolean) => webhookEndpointsUpdate({ id: endpointId, body: { enabled } }),
    onSettled: refresh,
  });
  if (endpoint.isPending) return <SkeletonRows label="the webhook endpoint" />;
  if (endpoint.isError)
    return (
      <ErrorState
        title="The webhook endpoint could not be loaded"
        error={endpoint.error}
        onRetry={() => void endpoint.refetch()}
      />
    );
  const { name, url, description, events, enabled, previousSignsUntil } = endpoint.data;
  const close = () => void navigate({ search: {} });
  return (
    <>
      <p className="text-muted mb-2 text-sm">
        <Link to="/settings/webhook-endpoints" className="hover:underline">
          Webhook endpoints
        </Link>
      </p>
      <SettingsSection
        title={name}
        intro={description}
        actions={
          canWrite && (
            <EndpointActions
              endpoint={endpoint.data}
              onRotated={setSecret}
              onEdit={() => void navigate({ search: { form: 'edit' } })}
              onDeleted={() => void navigate({ to: '/settings/webhook-endpoints', search: {} })}
            />
          )
        }
      >
        <EndpointNotice endpoint={endpoint.data} />
        {secret !== null && <EndpointSecret name={name} secret={secret} onClose={() => setSecret(null)} />}
        {toggle.error && (
          <Callout tone="danger" announce className="mb-4" title="That did not work">
            {toggle.error instanceof ApiProblem ? toggle.error.message : 'Try again.'}
          </Callout>
        )}
        {canWrite && form === 'edit' && (
          <EndpointForm
            endpoint={endpoint.data}
            onCancel={close}
            onSaved={() => {
              void refresh();
              close();
            }}
          />
        )}
        <div className="bg-surface flex flex-col gap-3 rounded-lg border p-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <EndpointState endpoint={endpoint.data} />
            {canWrite && (
              <Switch
                label={enabled ? 'Told of events' : 'Told nothing'}
                checked={enabled}
                disabled={toggle.isPending}
                onChange={toggle.mutate}
              />
            )}
          </div>
          <div className="flex min-w-0 items-center gap-1">
            <span className="min-w-0 font-mono text-sm break-all">{url}</span>
            <CopyButton text={url} label="address" />
          </div>
          <ul aria-label="Events" className="flex flex-wrap gap-1">
            {events.map((event) => (
              <li key={event}>
                <Badge className="font-mono">{event}</Badge>
              </li>
            ))}
          </ul>
          {previousSignsUntil !== null && (
            <p className="text-muted text-sm">
              The secret before signs along; its time ends <RelativeTime at={previousSignsUntil} />.
            </p>
          )}
        </div>
      </SettingsSection>
      <EndpointDeliveries
        endpoint={endpoint.data}
        state={state}
        deliveryId={delivery}
        onShow={(search) => void navigate({ search })}
      />
    </>
  );
}
