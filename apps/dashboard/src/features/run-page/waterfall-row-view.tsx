import { memo, type CSSProperties } from 'react';
import { formatDuration } from '@/shared/format/format-duration';
import { classNames } from '@/shared/ui/class-names';
import { Duration } from '@/shared/ui/duration';
import { StatusMark, statusWord } from '@/shared/ui/status-mark';
import { LiveDuration } from './live-duration';
import { NodeKindIcon, nodeKindWord } from './node-kind-mark';
import type { WaterfallBar, WaterfallPause, WaterfallRow } from './waterfall-layout';

/** Columns of a wide row; the axis above uses the same. */
export const wideColumns = 'grid grid-cols-[minmax(8rem,2fr)_8rem_minmax(0,3fr)_4.5rem] gap-x-3 px-4';

const BAR_LOOKS: Record<WaterfallBar['outcome'], string> = {
  running: 'bg-accent rounded-r-none quiet-pulse',
  succeeded: 'bg-success/80',
  failed: 'bg-danger-soft border border-danger border-r-[3px]',
  interrupted: 'border border-dashed border-warning bg-warning-soft',
  cancelled: 'border border-line-control bg-sunken',
};

export interface WaterfallRowViewProps {
  id: string;
  row: WaterfallRow;
  /** Counts from 0. */
  index: number;
  count: number;
  selected: boolean;
  /** Two lines instead of four columns. */
  compact: boolean;
  heightPx: number;
  topPx: number;
  onSelect: (path: string) => void;
}

/** One step: what it is, how it stands, its tries on the time axis, how long it took. */
export const WaterfallRowView = memo(function WaterfallRowView(props: WaterfallRowViewProps) {
  const { id, row, index, count, selected, compact, heightPx, topPx, onSelect } = props;
  const place: CSSProperties = { height: heightPx, transform: `translateY(${topPx}px)` };
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={spokenRow(row)}
      className={classNames(
        'absolute inset-x-0 top-0 cursor-pointer text-sm',
        selected ? 'bg-selected' : 'hover:bg-hover',
        compact ? 'flex flex-col justify-center gap-1 px-4' : `${wideColumns} items-center`,
      )}
      style={place}
      onClick={() => onSelect(row.path)}
    >
      {compact ? (
        <>
          <div className="flex items-center gap-3">
            <RowName row={row} />
            <RowStatus row={row} />
            <RowDuration row={row} />
          </div>
          <RowBars row={row} />
        </>
      ) : (
        <>
          <RowName row={row} />
          <RowStatus row={row} />
          <RowBars row={row} />
          <RowDuration row={row} />
        </>
      )}
    </div>
  );
});

function RowName({ row }: { row: WaterfallRow }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2" style={{ paddingLeft: row.depth * 14 }}>
      <NodeKindIcon kind={row.kind} />
      <span className="truncate" title={row.label === row.path ? undefined : row.path}>
        {row.label}
      </span>
    </span>
  );
}

function RowStatus({ row }: { row: WaterfallRow }) {
  if (row.takenOver) return <span className="text-muted truncate">Taken over</span>;
  return <StatusMark status={row.status} waitsFor={row.waitsFor} className="min-w-0 overflow-hidden" />;
}

function RowDuration({ row }: { row: WaterfallRow }) {
  if (row.takenOver || row.status === 'interrupted') return <span className="text-muted text-right">–</span>;
  return (
    <span className="shrink-0 text-right">
      {row.durationMs === null ? <LiveDuration since={row.startedAt} /> : <Duration ms={row.durationMs} />}
    </span>
  );
}

function RowBars({ row }: { row: WaterfallRow }) {
  return (
    <span className="relative block h-3.5">
      {row.pauses.map((pause) => (
        <PauseView key={pause.fromMs} pause={pause} />
      ))}
      {row.bars.map((bar, index) => (
        <BarView key={index} bar={bar} />
      ))}
    </span>
  );
}

function BarView({ bar }: { bar: WaterfallBar }) {
  return (
    <span
      title={spokenBar(bar)}
      data-outcome={bar.outcome}
      className={classNames('absolute inset-y-0 rounded-sm', BAR_LOOKS[bar.outcome])}
      style={stretch(bar.fromMs, bar.toMs)}
    />
  );
}

function PauseView({ pause }: { pause: WaterfallPause }) {
  const title = `Waits ${formatDuration(pause.toMs - pause.fromMs)} before the next try`;
  return (
    <span
      title={title}
      className="border-line-control absolute top-1/2 border-t border-dashed"
      style={stretch(pause.fromMs, pause.toMs)}
    />
  );
}

/** From one moment to another on the axis whose length and present are set above; never thinner than can be seen. */
function stretch(fromMs: number, toMs: number | null): CSSProperties {
  const left = `calc(${fromMs} / var(--span) * 100%)`;
  const end = toMs === null ? 'var(--now)' : String(toMs);
  return {
    left: `min(${left}, 100% - 3px)`,
    width: `max(3px, (${end} - ${fromMs}) / var(--span) * 100%)`,
  };
}

function spokenBar(bar: WaterfallBar): string {
  const name = bar.executionAttempt > 1 ? `Try ${bar.try} after restart` : `Try ${bar.try}`;
  if (bar.toMs === null) return `${name}: running`;
  const lasted = formatDuration(bar.toMs - bar.fromMs);
  const reason = bar.errorCode ? `, ${bar.errorCode}` : '';
  return `${name}: ${bar.outcome} after ${lasted}${reason}`;
}

function spokenRow(row: WaterfallRow): string {
  const status = row.takenOver
    ? 'taken over from an earlier run'
    : row.waitsFor
      ? `waiting for ${row.waitsFor}`
      : statusWord(row.status);
  const lasted = row.durationMs === null ? '' : `, ${formatDuration(row.durationMs)}`;
  const tries = row.bars.length > 1 ? `, ${row.bars.length} tries` : '';
  return `${row.label}, ${nodeKindWord(row.kind)}, ${status}${lasted}${tries}`;
}
