import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CalendarClock, Plus } from 'lucide-react';
import { useCan } from '@/shared/session/use-session';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { ScheduleForm } from './schedule-form';
import { SchedulesTable } from './schedules-table';
import { schedulesQuery } from './trigger-queries';
import { TriggersSection } from './triggers-section';

const route = getRouteApi('/signed-in/schedules/');

/** Runs by the clock. */
export function SchedulesPage() {
  const { form, agentId } = route.useSearch();
  const navigate = route.useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('triggers:write');
  const schedules = useInfiniteQuery(schedulesQuery());
  if (schedules.isPending) return <SkeletonRows label="schedules" />;
  if (schedules.isError)
    return (
      <ErrorState
        title="The schedules could not be loaded"
        error={schedules.error}
        onRetry={() => void schedules.refetch()}
      />
    );
  const rows = schedules.data.pages.flatMap((page) => page.data);
  const changed = rows.find(({ id }) => id === form) ?? null;
  const close = () => void navigate({ search: {} });
  const add = canWrite && form !== 'new' && (
    <Button variant="primary" icon={<Plus />} onClick={() => void navigate({ search: { form: 'new' } })}>
      New schedule
    </Button>
  );
  return (
    <TriggersSection
      intro="Starts an agent at the times of a cron expression, once per slot, however many servers you run."
      actions={rows.length > 0 && add}
      more={schedules}
    >
      {canWrite && (form === 'new' || changed) && (
        <ScheduleForm
          key={form}
          schedule={changed}
          agentId={agentId}
          onCancel={close}
          onSaved={() => {
            void queryClient.invalidateQueries({ queryKey: ['schedules'] });
            close();
          }}
        />
      )}
      <div className="bg-surface overflow-hidden rounded-lg border">
        {rows.length === 0 ? (
          <EmptyState icon={<CalendarClock />} title="No schedules yet" action={add}>
            A report every morning, a check every ten minutes: choose an agent and say when.
          </EmptyState>
        ) : (
          <SchedulesTable schedules={rows} />
        )}
      </div>
    </TriggersSection>
  );
}
