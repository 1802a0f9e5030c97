import { useInfiniteQuery } from '@tanstack/react-query';
import { Inbox } from 'lucide-react';
import { SettingsBox, SettingsSection } from '@/features/settings/settings-section';
import type { DeliveryState, WebhookEndpoint } from '@/shared/api/generated/schema';
import { DELIVERY_STATES, DeliveryStateBadge } from '@/shared/deliveries/delivery-state-badge';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { NextPage } from '@/shared/ui/next-page';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Select } from '@/shared/ui/select';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { DeliveryPanel } from './delivery-panel';
import { deliveriesQuery } from './endpoint-queries';
import { ReplayFailed } from './replay-failed';

/** What of the log is shown, as it stands in the address. */
export interface LogSearch {
  state?: DeliveryState;
  /** The delivery that stands open. */
  delivery?: string;
}

export interface EndpointDeliveriesProps {
  endpoint: WebhookEndpoint;
  state: DeliveryState | undefined;
  deliveryId: string | undefined;
  onShow: (search: LogSearch) => void;
}

const stateOptions = [
  { value: '', label: 'All' },
  ...Object.entries(DELIVERY_STATES).map(([value, { words }]) => ({ value, label: words })),
];

/** The log of an endpoint: every message, what became of it, and ways to send again. */
export function EndpointDeliveries({ endpoint, state, deliveryId, onShow }: EndpointDeliveriesProps) {
  const canWrite = useCan('webhooks:write');
  return (
    <SettingsSection
      title="Deliveries"
      intro="Kept for 30 days, and no longer than the run that a message tells of."
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <div className="w-44">
            <Select
              aria-label="State"
              options={stateOptions}
              value={state ?? ''}
              onChange={(event) => onShow({ state: (event.target.value || undefined) as DeliveryState | undefined })}
            />
          </div>
          {canWrite && <ReplayFailed endpoint={endpoint} />}
        </div>
      }
    >
      {deliveryId !== undefined && (
        <DeliveryPanel
          key={deliveryId}
          endpoint={endpoint}
          deliveryId={deliveryId}
          onClose={() => onShow({ ...(state && { state }) })}
        />
      )}
      <SettingsBox>
        <Log
          endpoint={endpoint}
          state={state}
          onOpen={(delivery) => onShow({ ...(state && { state }), delivery })}
          onClear={() => onShow({})}
        />
      </SettingsBox>
    </SettingsSection>
  );
}

interface LogProps {
  endpoint: WebhookEndpoint;
  state: DeliveryState | undefined;
  onOpen: (deliveryId: string) => void;
  onClear: () => void;
}

function Log({ endpoint, state, onOpen, onClear }: LogProps) {
  const deliveries = useInfiniteQuery(deliveriesQuery(endpoint.id, state));
  if (deliveries.isPending) return <SkeletonRows label="deliveries" rows={4} />;
  if (deliveries.isError)
    return (
      <ErrorState
        title="The deliveries could not be loaded"
        error={deliveries.error}
        onRetry={() => void deliveries.refetch()}
      />
    );
  const rows = deliveries.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) {
    return state === undefined ? (
      <EmptyState icon={<Inbox />} title="Nothing was sent yet">
        The first message comes with the next event that this endpoint wants to know. A test event comes at once.
      </EmptyState>
    ) : (
      <EmptyState
        icon={<Inbox />}
        title="No delivery is in this state"
        action={<Button onClick={onClear}>Show all</Button>}
      />
    );
  }
  return (
    <>
      <DataTable
        label="Deliveries"
        rows={rows}
        rowKey={({ id }) => id}
        onOpen={({ id }) => onOpen(id)}
        columns={[
          {
            id: 'event',
            header: 'Event',
            className: 'w-full py-1.5',
            cell: ({ id, type, lastError }) => (
              <>
                <button type="button" className="font-mono text-xs hover:underline" onClick={() => onOpen(id)}>
                  {type}
                </button>
                {lastError !== null && <p className="text-muted max-w-96 truncate max-sm:max-w-40">{lastError}</p>}
              </>
            ),
          },
          { id: 'state', header: 'State', cell: (delivery) => <DeliveryStateBadge state={delivery.state} /> },
          { id: 'attempts', header: 'Attempts', align: 'end', from: 'sm', cell: ({ attempts }) => attempts },
          { id: 'next', header: 'Next', from: 'md', cell: ({ nextAt }) => <RelativeTime at={nextAt} /> },
          { id: 'at', header: 'Happened', from: 'sm', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
        ]}
      />
      <NextPage of={deliveries} className="border-t">
        Older deliveries
      </NextPage>
    </>
  );
}
