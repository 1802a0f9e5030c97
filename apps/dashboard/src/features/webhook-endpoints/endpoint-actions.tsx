import { useMutation, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Pencil, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import {
  webhookEndpointsDelete,
  webhookEndpointsRotateSecret,
  webhookEndpointsTest,
} from '@/shared/api/generated/operations';
import type { EndpointTrial, WebhookEndpoint } from '@/shared/api/generated/schema';
import { formatDuration } from '@/shared/format/format-duration';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { IconButton } from '@/shared/ui/icon-button';
import { ENDPOINTS_KEY } from './endpoint-queries';

export interface EndpointActionsProps {
  endpoint: WebhookEndpoint;
  onRotated: (secret: string) => void;
  onEdit: () => void;
  onDeleted: () => void;
}

/** What can be done to an endpoint. */
export function EndpointActions({ endpoint, onRotated, onEdit, onDeleted }: EndpointActionsProps) {
  const { id, name } = endpoint;
  const queryClient = useQueryClient();
  const [asks, setAsks] = useState<'rotate' | 'delete' | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY });
  const trial = useMutation({ mutationFn: () => webhookEndpointsTest({ id }), onSettled: refresh });
  const keepOpen = (which: 'rotate' | 'delete') => (open: boolean) => setAsks(open ? which : null);
  return (
    <div className="flex flex-wrap items-center gap-1">
      <Button icon={<Send />} pending={trial.isPending} onClick={() => trial.mutate()}>
        Send test event
      </Button>
      <IconButton label={`New secret for ${name}`} icon={<KeyRound />} onClick={() => setAsks('rotate')} />
      <IconButton label={`Change ${name}`} icon={<Pencil />} onClick={onEdit} />
      <IconButton label={`Delete ${name}`} icon={<Trash2 />} onClick={() => setAsks('delete')} />
      {trial.data && <TrialAnswer trial={trial.data} />}
      {trial.error && (
        <Callout tone="danger" announce className="basis-full" title="The test event was not sent">
          {trial.error instanceof ApiProblem ? trial.error.message : 'Try again.'}
        </Callout>
      )}
      <ConfirmDialog
        open={asks === 'rotate'}
        onOpenChange={keepOpen('rotate')}
        title={`Give “${name}” a new secret?`}
        action="Make new secret"
        onConfirm={async () => {
          onRotated((await webhookEndpointsRotateSecret({ id })).secret);
          await refresh();
        }}
      >
        For 24 hours messages carry a signature of both secrets. Give the new one to the receiver by then.
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'delete'}
        onOpenChange={keepOpen('delete')}
        title={`Delete the endpoint “${name}”?`}
        action="Delete endpoint"
        typeToConfirm={name}
        onConfirm={async () => {
          await webhookEndpointsDelete({ id });
          onDeleted();
          await refresh();
        }}
      >
        It is told nothing any more. Its secret and its log are gone, and what is not delivered yet is never sent.
      </ConfirmDialog>
    </div>
  );
}

function TrialAnswer({ trial: { delivered, status, error, durationMs, answer } }: { trial: EndpointTrial }) {
  return (
    <Callout
      tone={delivered ? 'info' : 'danger'}
      announce
      className="basis-full"
      title={delivered ? `Taken: answered ${status ?? ''} in ${formatDuration(durationMs)}` : 'Not taken'}
    >
      {error}
      {answer && <pre className="mt-1 max-h-40 overflow-auto font-mono text-xs whitespace-pre-wrap">{answer}</pre>}
    </Callout>
  );
}
