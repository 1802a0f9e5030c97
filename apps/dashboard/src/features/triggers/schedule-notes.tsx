import type { Schedule } from '@/shared/api/generated/schema';
import { formatSlot } from './slot-time';

/** What somebody should know of a schedule that did not do what its times say. Nothing while all is well. */
export function ScheduleNotes({ schedule }: { schedule: Schedule }) {
  const { failure, missedFrom, lastAt, enabled } = schedule;
  return (
    <>
      {failure && (
        <p className="text-danger text-sm break-words">
          {enabled ? 'The latest slot started nothing: ' : 'Paused. The latest slot started nothing: '}
          {failure.message}
        </p>
      )}
      {missedFrom && (
        <p className="text-warning text-sm">
          AgentFlow was not running from {formatSlot(missedFrom)} on. Of the slots that passed, only the one at{' '}
          {lastAt ? formatSlot(lastAt) : 'the end'} was made up for.
        </p>
      )}
    </>
  );
}
