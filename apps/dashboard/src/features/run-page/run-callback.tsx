import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsRedeliver } from '@/shared/api/generated/operations';
import { callbackQuery } from '@/shared/api/queries';
import { AttemptList } from '@/shared/deliveries/attempt-list';
import { DeliveryStateBadge } from '@/shared/deliveries/delivery-state-badge';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { Skeleton } from '@/shared/ui/skeleton';

/** Who is told of the run's end, and every attempt at it. Only for runs that have a callback. */
export function RunCallback({ executionId, isFinal }: { executionId: string; isFinal: boolean }) {
  const callback = useQuery(callbackQuery(executionId, isFinal));
  if (callback.isPending) return <Skeleton className="m-3 h-10" />;
  if (callback.isError) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 p-3">
        The callback could not be loaded.
        <Button size="sm" onClick={() => void callback.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  const { url, state, nextAt, attempts } = callback.data;
  return (
    <div className="flex flex-col gap-2 p-3 text-sm">
      <p className="font-mono text-xs break-all">{url}</p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DeliveryStateBadge state={state} />
        {isFinal && nextAt !== null && (
          <span className="text-muted">
            Next attempt <RelativeTime at={nextAt} />
          </span>
        )}
        {isFinal && <Redeliver executionId={executionId} />}
      </div>
      {attempts.length === 0 ? (
        <p className="text-muted">{isFinal ? 'It is about to be sent.' : 'It is sent when the run has ended.'}</p>
      ) : (
        <AttemptList attempts={attempts} />
      )}
    </div>
  );
}

function Redeliver({ executionId }: { executionId: string }) {
  const mayStart = useCan('executions:start');
  const queryClient = useQueryClient();
  const redeliver = useMutation({
    mutationFn: () => executionsRedeliver({ id: executionId }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['executions', 'callback', executionId] }),
  });
  if (!mayStart) return null;
  return (
    <>
      <Button size="sm" pending={redeliver.isPending} onClick={() => redeliver.mutate()}>
        Redeliver
      </Button>
      {redeliver.isError && (
        <span role="alert" className="text-danger">
          {redeliver.error instanceof ApiProblem ? redeliver.error.message : 'That did not work. Try again.'}
        </span>
      )}
    </>
  );
}
