import { useMemo } from 'react';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { Select } from '@/shared/ui/select';
import { EventList } from './event-list';

export interface RunEventsProps {
  events: readonly ExecutionEvent[];
  originMs: number;
  growing: boolean;
  /** Only events of this type; all when empty. */
  type: string;
  onType: (type: string) => void;
}

/** The raw log of the run, by type if wanted. */
export function RunEvents({ events, originMs, growing, type, onType }: RunEventsProps) {
  const counts = useMemo(() => countByType(events), [events]);
  const shown = useMemo(() => (type === '' ? events : events.filter((event) => event.type === type)), [events, type]);
  const options = [...(type === '' || counts.has(type) ? counts : counts.set(type, 0))].map(([value, count]) => ({
    value,
    label: `${value} (${count.toLocaleString('en-US')})`,
  }));
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-3 border-b px-4 py-2">
        <Select
          aria-label="Type of event"
          className="max-w-60"
          placeholder={`All types (${events.length.toLocaleString('en-US')})`}
          value={type}
          options={options}
          onChange={(change) => onType(change.target.value)}
        />
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 && type !== '' ? (
          <EmptyState
            title={`No ${type} event so far`}
            action={<Button onClick={() => onType('')}>Show all types</Button>}
          />
        ) : (
          <EventList key={type} label="Events" events={shown} originMs={originMs} growing={growing} />
        )}
      </div>
    </div>
  );
}

function countByType(events: readonly ExecutionEvent[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
