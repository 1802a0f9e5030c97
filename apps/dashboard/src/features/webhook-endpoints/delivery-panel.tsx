import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '@/shared/api/api-problem';
import { endpointDeliveriesRedeliver } from '@/shared/api/generated/operations';
import type { WebhookEndpoint } from '@/shared/api/generated/schema';
import { AttemptList } from '@/shared/deliveries/attempt-list';
import { DeliveryStateBadge } from '@/shared/deliveries/delivery-state-badge';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ErrorState } from '@/shared/ui/error-state';
import { IdChip } from '@/shared/ui/id-chip';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { deliveryQuery, ENDPOINTS_KEY } from './endpoint-queries';

export interface DeliveryPanelProps {
  endpoint: WebhookEndpoint;
  deliveryId: string;
  onClose: () => void;
}

/** One message: what it says, and every attempt to deliver it. */
export function DeliveryPanel({ endpoint, deliveryId, onClose }: DeliveryPanelProps) {
  return (
    <section aria-label="Delivery" className="bg-surface mb-4 rounded-lg border">
      <div className="flex flex-wrap items-center justify-between gap-3 border-b p-3">
        <h3 className="flex items-center gap-2 font-semibold">
          Delivery <IdChip id={deliveryId} label="webhook-id" />
        </h3>
        <Button size="sm" onClick={onClose}>
          Close
        </Button>
      </div>
      <DeliveryDetail endpoint={endpoint} deliveryId={deliveryId} />
    </section>
  );
}

function DeliveryDetail({ endpoint, deliveryId }: Omit<DeliveryPanelProps, 'onClose'>) {
  const delivery = useQuery(deliveryQuery(endpoint.id, deliveryId));
  const canWrite = useCan('webhooks:write');
  if (delivery.isPending) return <SkeletonRows label="the delivery" rows={3} />;
  if (delivery.isError)
    return (
      <ErrorState
        title="The delivery could not be loaded"
        error={delivery.error}
        onRetry={() => void delivery.refetch()}
      />
    );
  const { type, state, executionId, nextAt, body, log } = delivery.data;
  return (
    <div className="flex flex-col gap-3 p-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono text-xs">{type}</span>
        <DeliveryStateBadge state={state} />
        {nextAt !== null && (
          <span className="text-muted">
            Next attempt <RelativeTime at={nextAt} />
          </span>
        )}
        {executionId !== null && (
          <Link to="/runs/$executionId" params={{ executionId }} className="hover:underline">
            View run
          </Link>
        )}
        {canWrite && <Redeliver endpoint={endpoint} deliveryId={deliveryId} />}
      </div>
      {log.length === 0 ? <p className="text-muted">It is about to be sent.</p> : <AttemptList attempts={log} />}
      {body !== null && (
        <div className="bg-sunken max-h-96 overflow-auto rounded-md border">
          <JsonViewer value={parsed(body)} label="message" />
        </div>
      )}
    </div>
  );
}

function Redeliver({ endpoint, deliveryId }: Omit<DeliveryPanelProps, 'onClose'>) {
  const queryClient = useQueryClient();
  const redeliver = useMutation({
    mutationFn: () => endpointDeliveriesRedeliver({ id: endpoint.id, deliveryId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY }),
  });
  return (
    <>
      <Button size="sm" pending={redeliver.isPending} onClick={() => redeliver.mutate()}>
        Send again
      </Button>
      {redeliver.isError && (
        <Callout tone="danger" announce className="basis-full">
          {redeliver.error instanceof ApiProblem ? redeliver.error.message : 'That did not work. Try again.'}
        </Callout>
      )}
    </>
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
