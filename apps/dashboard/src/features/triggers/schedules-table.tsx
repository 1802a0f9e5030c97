import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { schedulesDelete, schedulesRunNow, schedulesUpdate } from '@/shared/api/generated/operations';
import type { Schedule } from '@/shared/api/generated/schema';
import { useCan } from '@/shared/session/use-session';
import { Callout } from '@/shared/ui/callout';
import { ConfirmDialog } from '@/shared/ui/confirm-dialog';
import { DataTable } from '@/shared/ui/data-table';
import { IconButton } from '@/shared/ui/icon-button';
import { RelativeTime } from '@/shared/ui/relative-time';
import { ScheduleNotes } from './schedule-notes';
import { latestRunColumn, stateColumn, TriggerTarget } from './trigger-columns';

/** Schedules with what can be done to each. */
export function SchedulesTable({ schedules }: { schedules: readonly Schedule[] }) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const canWrite = useCan('triggers:write');
  const [deleting, setDeleting] = useState<Schedule | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['schedules'] });
  const pause = useMutation({
    mutationFn: ({ id, enabled }: Schedule) => schedulesUpdate({ id, body: { enabled: !enabled } }),
    onSettled: refresh,
  });
  const runNow = useMutation({
    mutationFn: ({ id }: Schedule) => schedulesRunNow({ id }),
    onSuccess: ({ executionId }) => navigate({ to: '/runs/$executionId', params: { executionId } }),
  });
  const problem = pause.error ?? runNow.error;
  return (
    <>
      {problem && (
        <Callout tone="danger" announce className="m-3" title="That did not work">
          {problem instanceof ApiProblem ? problem.message : 'Try again.'}
        </Callout>
      )}
      <DataTable
        label="Schedules"
        rows={schedules}
        rowKey={(schedule) => schedule.id}
        columns={[
          {
            id: 'name',
            header: 'Schedule',
            className: 'w-full min-w-48 py-2',
            cell: (schedule) => (
              <>
                <span className="font-medium">{schedule.name}</span>
                <p className="text-muted">
                  {schedule.description}, {schedule.timeZone}
                </p>
                <p className="text-muted">
                  <TriggerTarget trigger={schedule} />
                </p>
                <ScheduleNotes schedule={schedule} />
              </>
            ),
          },
          {
            id: 'next',
            header: 'Next',
            from: 'sm',
            cell: (schedule) => <RelativeTime at={schedule.nextAt} empty="Paused" />,
          },
          latestRunColumn(),
          stateColumn(canWrite ? { pending: pause.isPending, change: pause.mutate } : null),
          {
            id: 'actions',
            header: <span className="sr-only">Actions</span>,
            align: 'end',
            className: 'whitespace-nowrap',
            cell: (schedule) =>
              canWrite && (
                <>
                  <IconButton
                    label={`Run ${schedule.name} now`}
                    icon={<Play />}
                    disabled={runNow.isPending}
                    onClick={() => runNow.mutate(schedule)}
                  />
                  <IconButton
                    label={`Change ${schedule.name}`}
                    icon={<Pencil />}
                    onClick={() => void navigate({ to: '/schedules', search: { form: schedule.id } })}
                  />
                  <IconButton
                    label={`Delete ${schedule.name}`}
                    icon={<Trash2 />}
                    onClick={() => setDeleting(schedule)}
                  />
                </>
              ),
          },
        ]}
      />
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete the schedule “${deleting?.name ?? ''}”?`}
        action="Delete schedule"
        onConfirm={async () => {
          if (deleting) await schedulesDelete({ id: deleting.id });
          await refresh();
        }}
      >
        It starts nothing any more. The runs that it started stay.
      </ConfirmDialog>
    </>
  );
}
