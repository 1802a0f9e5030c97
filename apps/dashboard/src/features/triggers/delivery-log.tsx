import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Inbox } from 'lucide-react';
import type { Webhook } from '@/shared/api/generated/schema';
import { Badge } from '@/shared/ui/badge';
import { NextPage } from '@/shared/ui/next-page';
import { Button } from '@/shared/ui/button';
import { DataTable } from '@/shared/ui/data-table';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { RelativeTime } from '@/shared/ui/relative-time';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { CallCommand } from './call-command';
import { deliveriesQuery } from './trigger-queries';

/** The signed messages of one webhook and what became of each. */
export function DeliveryLog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  return (
    <section aria-label={`Messages to ${webhook.name}`} className="bg-surface mb-4 rounded-lg border">
      <div className="flex flex-wrap items-center justify-between gap-3 border-b p-3">
        <h2 className="font-semibold">Messages to “{webhook.name}”</h2>
        <Button size="sm" onClick={onClose}>
          Close
        </Button>
      </div>
      <Deliveries webhook={webhook} />
    </section>
  );
}

function Deliveries({ webhook }: { webhook: Webhook }) {
  const deliveries = useInfiniteQuery(deliveriesQuery(webhook.id));
  if (deliveries.isPending) return <SkeletonRows label="messages" rows={3} />;
  if (deliveries.isError)
    return (
      <ErrorState
        title="The messages could not be loaded"
        error={deliveries.error}
        onRetry={() => void deliveries.refetch()}
      />
    );
  const rows = deliveries.data.pages.flatMap((page) => page.data);
  if (rows.length === 0) {
    return (
      <div className="p-3">
        <EmptyState icon={<Inbox />} title="No message yet">
          Messages without a right signature are refused and leave no trace here.
        </EmptyState>
        <p className="mb-1 text-sm">Send one, with the secret in its place:</p>
        <CallCommand webhook={webhook} />
      </div>
    );
  }
  return (
    <>
      <DataTable
        label="Messages"
        shortcuts={false}
        rows={rows}
        rowKey={(delivery) => delivery.id}
        columns={[
          { id: 'at', header: 'Received', cell: (delivery) => <RelativeTime at={delivery.receivedAt} /> },
          {
            id: 'outcome',
            header: 'Outcome',
            className: 'w-full py-1.5',
            cell: ({ outcome, executionId, failure }) =>
              outcome === 'accepted' && executionId !== null ? (
                <Link to="/runs/$executionId" params={{ executionId }} className="hover:underline">
                  Started a run
                </Link>
              ) : (
                <>
                  <Badge tone="danger">Refused</Badge> <span className="break-words">{failure?.message}</span>
                </>
              ),
          },
          {
            id: 'repeated',
            header: 'Came again',
            align: 'end',
            from: 'sm',
            cell: ({ repeated }) => (repeated === 0 ? '–' : `${repeated} ×`),
          },
          {
            id: 'message',
            header: 'Message id',
            from: 'md',
            cell: ({ messageId }) => <span className="block max-w-60 truncate font-mono text-xs">{messageId}</span>,
          },
        ]}
      />
      <NextPage of={deliveries} className="border-t">
        Older messages
      </NextPage>
    </>
  );
}
