import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { endpointDeliveriesRedeliverFailed } from '@/shared/api/generated/operations';
import type { WebhookEndpoint } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { Callout } from '@/shared/ui/callout';
import { Select } from '@/shared/ui/select';
import { ENDPOINTS_KEY } from './endpoint-queries';

const HOUR_MS = 3_600_000;

const spans = [
  { value: '1', label: 'of the last hour' },
  { value: '24', label: 'of the last day' },
  { value: '168', label: 'of the last week' },
  { value: '720', label: 'of the last 30 days' },
];

/** Has everything sent again that was given up in some span of time. */
export function ReplayFailed({ endpoint }: { endpoint: WebhookEndpoint }) {
  const queryClient = useQueryClient();
  const [hours, setHours] = useState('24');
  const replay = useMutation({
    mutationFn: () => {
      const since = new Date(Date.now() - Number(hours) * HOUR_MS).toISOString();
      return endpointDeliveriesRedeliverFailed({ id: endpoint.id, body: { since } });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ENDPOINTS_KEY }),
  });
  return (
    <>
      <Button
        icon={<RotateCcw />}
        pending={replay.isPending}
        disabled={!endpoint.enabled}
        onClick={() => replay.mutate()}
      >
        Send failed again
      </Button>
      <div className="w-44">
        <Select
          aria-label="Failed when"
          options={spans}
          value={hours}
          onChange={(event) => setHours(event.target.value)}
        />
      </div>
      {replay.data && (
        <Callout announce className="basis-full">
          {replay.data.count === 0
            ? 'Nothing was given up in that time.'
            : `${replay.data.count} ${replay.data.count === 1 ? 'message is' : 'messages are'} sent again.`}
          {replay.data.hasMore && ' There may be more: press again.'}
        </Callout>
      )}
      {replay.error && (
        <Callout tone="danger" announce className="basis-full" title="That did not work">
          {replay.error instanceof ApiProblem ? replay.error.message : 'Try again.'}
        </Callout>
      )}
    </>
  );
}
