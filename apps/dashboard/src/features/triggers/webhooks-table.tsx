import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound, List, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { webhooksDelete, webhooksRotateSecret, webhooksUpdate } from '@/shared/api/generated/operations';
import type { Webhook } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Callout } from '@/shared/ui/callout';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { CopyButton } from '@/shared/ui/copy-button';
import { DataTable } from '@/shared/ui/data-table';
import { IconButton } from '@/shared/ui/icon-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { latestRunColumn, stateColumn, TriggerTarget } from './trigger-columns';

export interface WebhooksTableProps {
  webhooks: readonly Webhook[];
  /** Where a new secret can be said; absent where it cannot, and then none is made. */
  onRotated?: (webhook: Webhook, secret: string) => void;
}

/** Webhooks with what can be done to each. */
export function WebhooksTable({ webhooks, onRotated }: WebhooksTableProps) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('triggers:write');
  const [deleting, setDeleting] = useState<Webhook | null>(null);
  const [rotating, setRotating] = useState<Webhook | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['webhooks'] });
  const pause = useMutation({
    mutationFn: ({ id, enabled }: Webhook) => webhooksUpdate({ id, body: { enabled: !enabled } }),
    onSettled: refresh,
  });
  const show = (search: { form?: string; log?: string }) => void navigate({ to: '/schedules/webhooks', search });
  return (
    <>
      {pause.error && (
        <Callout tone="danger" announce className="m-3" title="That did not work">
          {pause.error instanceof ApiProblem ? pause.error.message : 'Try again.'}
        </Callout>
      )}
      <DataTable
        label="Webhooks"
        rows={webhooks}
        rowKey={(webhook) => webhook.id}
        columns={[
          {
            id: 'name',
            header: 'Webhook',
            className: 'w-full min-w-48 max-w-0 py-2',
            cell: (webhook) => (
              <>
                <span className="font-medium">{webhook.name}</span>
                <p className="text-muted">
                  <TriggerTarget trigger={webhook} />
                  {webhook.verification === 'standard-webhooks' ? ', Standard Webhooks' : ', shared secret'}
                </p>
                <span className="flex items-center gap-1">
                  <span className="text-muted truncate font-mono text-xs">{webhook.url}</span>
                  <CopyButton text={webhook.url} label={`address of ${webhook.name}`} />
                </span>
              </>
            ),
          },
          {
            id: 'at',
            header: 'Latest message',
            from: 'sm',
            cell: (webhook) => <RelativeTime at={webhook.lastAt} empty="None yet" />,
          },
          latestRunColumn(),
          stateColumn(canWrite ? { pending: pause.isPending, change: pause.mutate } : null),
          {
            id: 'actions',
            header: <span className="sr-only">Actions</span>,
            align: 'end',
            className: 'whitespace-nowrap',
            cell: (webhook) => (
              <>
                <IconButton
                  label={`Messages to ${webhook.name}`}
                  icon={<List />}
                  onClick={() => show({ log: webhook.id })}
                />
                {canWrite && (
                  <>
                    {onRotated && (
                      <IconButton
                        label={`New secret for ${webhook.name}`}
                        icon={<KeyRound />}
                        onClick={() => setRotating(webhook)}
                      />
                    )}
                    <IconButton
                      label={`Change ${webhook.name}`}
                      icon={<Pencil />}
                      onClick={() => show({ form: webhook.id })}
                    />
                    <IconButton
                      label={`Delete ${webhook.name}`}
                      icon={<Trash2 />}
                      onClick={() => setDeleting(webhook)}
                    />
                  </>
                )}
              </>
            ),
          },
        ]}
      />
      <ConfirmDialog
        open={rotating !== null}
        onOpenChange={(open) => !open && setRotating(null)}
        title={`Give “${rotating?.name ?? ''}” a new secret?`}
        action="Make new secret"
        onConfirm={async () => {
          if (rotating) onRotated?.(rotating, (await webhooksRotateSecret({ id: rotating.id, body: {} })).secret);
        }}
      >
        Messages signed with the old one are refused from this moment on. The address stays.
      </ConfirmDialog>
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete the webhook “${deleting?.name ?? ''}”?`}
        action="Delete webhook"
        typeToConfirm={deleting?.name}
        onConfirm={async () => {
          if (deleting) await webhooksDelete({ id: deleting.id });
          await refresh();
        }}
      >
        Its address answers nobody any more and cannot be brought back, and its log is gone. The runs that it started
        stay.
      </ConfirmDialog>
    </>
  );
}
