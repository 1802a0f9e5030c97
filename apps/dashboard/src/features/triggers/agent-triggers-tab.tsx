import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CalendarClock } from 'lucide-react';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { SchedulesTable } from './schedules-table';
import { schedulesQuery, webhooksQuery } from './trigger-queries';
import { WebhooksTable } from './webhooks-table';

const route = getRouteApi('/signed-in/agents/$agentId/triggers');

/** What starts one agent by itself. */
export function AgentTriggersTab() {
  const { agentId } = route.useParams();
  const canWrite = useCan('triggers:write');
  const schedules = useInfiniteQuery(schedulesQuery({ agentId }));
  const webhooks = useInfiniteQuery(webhooksQuery({ agentId }));
  if (schedules.isPending || webhooks.isPending) return <SkeletonRows label="triggers" />;
  const failed = schedules.isError ? schedules : webhooks.isError ? webhooks : null;
  if (failed)
    return (
      <ErrorState title="The triggers could not be loaded" error={failed.error} onRetry={() => void failed.refetch()} />
    );
  const bySchedule = schedules.data?.pages.flatMap((page) => page.data) ?? [];
  const byWebhook = webhooks.data?.pages.flatMap((page) => page.data) ?? [];
  const add = canWrite && (
    <div className="flex flex-wrap gap-2">
      <Button asChild>
        <Link to="/schedules" search={{ form: 'new', agentId }}>
          New schedule
        </Link>
      </Button>
      <Button asChild>
        <Link to="/schedules/webhooks" search={{ form: 'new', agentId }}>
          New webhook
        </Link>
      </Button>
    </div>
  );
  if (bySchedule.length + byWebhook.length === 0) {
    return (
      <EmptyState icon={<CalendarClock />} title="Nothing starts this agent by itself" action={add}>
        A schedule runs it at times you choose, a webhook when another system calls.
      </EmptyState>
    );
  }
  return (
    <div className="flex w-full max-w-5xl flex-col gap-4 p-4 sm:p-6">
      {add}
      {bySchedule.length > 0 && (
        <div className="bg-surface overflow-hidden rounded-lg border">
          <SchedulesTable schedules={bySchedule} />
        </div>
      )}
      {byWebhook.length > 0 && (
        <div className="bg-surface overflow-hidden rounded-lg border">
          <WebhooksTable webhooks={byWebhook} />
        </div>
      )}
    </div>
  );
}
