import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ExecutionEvent } from '@/shared/api/generated/schema';
import { classNames } from '@/shared/ui/class-names';
import { JsonViewer } from '@/shared/ui/json-viewer';
import { eventSummary } from './event-summary';
import { offsetText } from './log-list';
import { useKeepAtEnd } from './use-keep-at-end';

export interface EventListProps {
  label: string;
  events: readonly ExecutionEvent[];
  originMs: number;
  growing: boolean;
  /** Leaves out the step: all events are of one. */
  ofOneStep?: boolean;
}

const LINE_PX = 30;

/** The raw log, one line an event; a line opens to its whole envelope. */
export function EventList({ label, events, originMs, growing, ofOneStep }: EventListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => events[index]?.seq ?? index,
    overscan: 15,
  });
  useKeepAtEnd(box, events.length, growing && open.size === 0);
  const toggle = (seq: number) =>
    setOpen((before) =>
      before.has(seq) ? new Set([...before].filter((each) => each !== seq)) : new Set([...before, seq]),
    );
  if (events.length === 0) return <p className="text-muted p-4">No events yet.</p>;
  return (
    <div
      ref={box}
      role="region"
      aria-label={label}
      tabIndex={0}
      className="h-full overflow-y-auto focus-visible:outline-offset-[-2px] max-lg:max-h-[60vh]"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const event = events[item.index];
          return (
            event && (
              <div
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0 border-b text-sm"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <EventLine
                  event={event}
                  originMs={originMs}
                  ofOneStep={ofOneStep}
                  open={open.has(event.seq)}
                  onToggle={toggle}
                />
                {open.has(event.seq) && <JsonViewer value={event} label="event" openLevels={3} className="bg-sunken" />}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

interface EventLineProps {
  event: ExecutionEvent;
  originMs: number;
  ofOneStep?: boolean;
  open: boolean;
  onToggle: (seq: number) => void;
}

function EventLine({ event, originMs, ofOneStep, open, onToggle }: EventLineProps) {
  return (
    <button
      type="button"
      aria-expanded={open}
      className="hover:bg-hover flex h-[29px] w-full items-center gap-3 px-3 text-left focus-visible:outline-offset-[-2px]"
      onClick={() => onToggle(event.seq)}
    >
      <ChevronRight aria-hidden className={classNames('text-muted size-4 shrink-0', open && 'rotate-90')} />
      <span className="text-muted tabular w-10 shrink-0 text-right font-mono text-xs">{event.seq}</span>
      <span className="text-muted tabular w-20 shrink-0 text-right font-mono text-xs max-sm:hidden">
        {offsetText(Date.parse(event.at) - originMs)}
      </span>
      <span className="w-28 shrink-0 truncate font-medium">{event.type}</span>
      {!ofOneStep && <span className="text-muted w-24 shrink-0 truncate max-sm:hidden">{event.stepId ?? ''}</span>}
      <span className="text-muted min-w-0 flex-1 truncate">{eventSummary(event)}</span>
    </button>
  );
}
