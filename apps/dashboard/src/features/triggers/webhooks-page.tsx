import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState } from 'react';
import type { Webhook } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { DeliveryLog } from './delivery-log';
import { SaidSecret } from './said-secret';
import { webhooksQuery } from './trigger-queries';
import { TriggersSection } from './triggers-section';
import { WebhookForm } from './webhook-form';
import { WebhooksTable } from './webhooks-table';

const route = getRouteApi('/signed-in/schedules/webhooks');

/** Runs by signed messages of other systems. */
export function WebhooksPage() {
  const { form, log, agentId } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('triggers:write');
  const webhooks = useInfiniteQuery(webhooksQuery());
  const [said, setSaid] = useState<{ webhook: Webhook; secret: string } | null>(null);
  if (webhooks.isPending) return <SkeletonRows label="webhooks" />;
  if (webhooks.isError)
    return (
      <ErrorState
        title="The webhooks could not be loaded"
        error={webhooks.error}
        onRetry={() => void webhooks.refetch()}
      />
    );
  const rows = webhooks.data.pages.flatMap((page) => page.data);
  const [changed, logged] = [form, log].map((id) => rows.find((webhook) => webhook.id === id) ?? null);
  const close = () => void navigate({ search: {} });
  const add = canWrite && form !== 'new' && (
    <Button variant="primary" icon={<Plus />} onClick={() => void navigate({ search: { form: 'new' } })}>
      New webhook
    </Button>
  );
  return (
    <TriggersSection
      intro="An address that other systems call. Each signed message starts one run, however often it is sent."
      actions={rows.length > 0 && add}
      more={webhooks}
    >
      {said && <SaidSecret {...said} onClose={() => setSaid(null)} />}
      {canWrite && (form === 'new' || changed) && (
        <WebhookForm
          key={form}
          webhook={changed ?? null}
          agentId={agentId}
          onCancel={close}
          onSaved={(created) => {
            if (created) setSaid({ webhook: created, secret: created.secret });
            void queryClient.invalidateQueries({ queryKey: ['webhooks'] });
            close();
          }}
        />
      )}
      {logged && <DeliveryLog webhook={logged} onClose={close} />}
      <div className="bg-surface overflow-hidden rounded-lg border">
        {rows.length === 0 ? (
          <EmptyState icon={<WebhookIcon />} title="No webhooks yet" action={add}>
            A new issue, a payment, a form that was sent: let the system that knows start the agent.
          </EmptyState>
        ) : (
          <WebhooksTable webhooks={rows} onRotated={(webhook, secret) => setSaid({ webhook, secret })} />
        )}
      </div>
    </TriggersSection>
  );
}
