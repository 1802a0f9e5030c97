import { RotateCw } from 'lucide-react';
import { classNames } from '@/shared/ui/class-names';
import { tickLabel } from './time-axis';
import type { WaterfallQueue, WaterfallResume } from './waterfall-layout';
import { wideColumns } from './waterfall-row-view';

export interface WaterfallAxisProps {
  /** Milliseconds since the start. */
  ticks: readonly number[];
  resumes: readonly WaterfallResume[];
  compact: boolean;
}

const at = (ms: number) => ({ left: `calc(${ms} / var(--span) * 100%)` });

/** Above the rows: the names of the columns and the time. */
export function WaterfallAxis({ ticks, resumes, compact }: WaterfallAxisProps) {
  const distance = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const isCovered = (ms: number) => resumes.some(({ atMs }) => atMs > ms - distance / 2 && atMs < ms + distance / 2);
  return (
    <div
      aria-hidden
      className={classNames(
        'text-muted bg-surface sticky top-0 z-10 h-8 overflow-hidden border-b text-xs',
        compact ? 'flex px-4' : wideColumns,
      )}
    >
      {!compact && (
        <>
          <span className="self-center font-medium">Step</span>
          <span className="self-center font-medium">Status</span>
        </>
      )}
      <div className="relative flex-1 overflow-hidden">
        {ticks.map((ms) => (
          // A label that does not fit before the end goes to a second line, which is not seen.
          <span
            key={ms}
            className="tabular absolute top-2 right-0 flex h-4 flex-wrap overflow-hidden border-l whitespace-nowrap"
            style={at(ms)}
          >
            <span className="h-4 w-1" />
            <span>{!isCovered(ms) && tickLabel(ms)}</span>
          </span>
        ))}
        {resumes.map((resume) => (
          <span
            key={resume.attempt}
            className="bg-surface text-warning absolute top-1.5 z-10 inline-flex items-center gap-1 px-1 whitespace-nowrap"
            style={at(resume.atMs)}
          >
            <RotateCw className="size-3" /> resumed
          </span>
        ))}
      </div>
      {!compact && <span className="self-center text-right font-medium">Duration</span>}
    </div>
  );
}

interface WaterfallLinesProps extends WaterfallAxisProps {
  queues: readonly WaterfallQueue[];
}

/** Behind the rows, as high as all of them: lines at the ticks, where the run was taken over, and while it waited for a worker. */
export function WaterfallLines({ ticks, resumes, queues, compact }: WaterfallLinesProps) {
  return (
    <div
      aria-hidden
      className={classNames('pointer-events-none absolute inset-0', compact ? 'flex px-4' : wideColumns)}
    >
      {!compact && (
        <>
          <span />
          <span />
        </>
      )}
      <div className="relative h-full flex-1 overflow-hidden">
        {ticks.map((ms) => (
          <span key={ms} className="border-line absolute inset-y-0 border-l opacity-70" style={at(ms)} />
        ))}
        {queues.map(({ fromMs, toMs }) => (
          <span
            key={fromMs}
            data-outcome="queued"
            className="bg-sunken border-line-control absolute inset-y-0 border-x border-dotted"
            style={{ ...at(fromMs), width: `max(2px, ${toMs - fromMs} / var(--span) * 100%)` }}
          />
        ))}
        {resumes.map((resume) => (
          <span
            key={resume.attempt}
            className="border-warning absolute inset-y-0 border-l border-dashed"
            style={at(resume.atMs)}
          />
        ))}
      </div>
    </div>
  );
}
