import { ChevronRight } from 'lucide-react';
import { memo, type CSSProperties } from 'react';
import { formatDuration } from '@/shared/format/format-duration';
import { classNames } from '@/shared/ui/class-names';
import { Duration } from '@/shared/ui/duration';
import { StatusMark, statusWord } from '@/shared/ui/status-mark';
import { LiveDuration } from './live-duration';
import { NodeKindIcon, nodeKindWord } from './node-kind-mark';
import { SubRunStatus } from './sub-run-status';
import type { WaterfallBar, WaterfallPause, WaterfallRow, WaterfallWait } from './waterfall-layout';
import type { ChildCounts } from './waterfall-tree';

/** Columns of a wide row; the axis above uses the same. */
export const wideColumns = 'grid grid-cols-[minmax(8rem,2fr)_10.5rem_minmax(0,3fr)_4.5rem] gap-x-3 px-4';

const BAR_LOOKS: Record<WaterfallBar['outcome'], string> = {
  running: 'bg-accent rounded-r-none quiet-pulse',
  succeeded: 'bg-success/80',
  failed: 'bg-danger-soft border border-danger border-r-[3px]',
  interrupted: 'border border-dashed border-warning bg-warning-soft',
  parked: 'bg-line-control',
  cancelled: 'border border-line-control bg-sunken',
};

export interface WaterfallRowViewProps {
  id: string;
  row: WaterfallRow;
  /** Counts from 0. */
  index: number;
  count: number;
  selected: boolean;
  /** What lies below it is out of sight. */
  folded: boolean;
  /** Two lines instead of four columns. */
  compact: boolean;
  heightPx: number;
  topPx: number;
  onSelect: (path: string) => void;
  onFold: (path: string, folded: boolean) => void;
}

/** One step: what it is, how it stands, its tries on the time axis, how long it took. */
export const WaterfallRowView = memo(function WaterfallRowView(props: WaterfallRowViewProps) {
  const { id, row, index, count, selected, folded, compact, heightPx, topPx, onSelect, onFold } = props;
  const place: CSSProperties = { height: heightPx, transform: `translateY(${topPx}px)` };
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={count}
      aria-label={spokenRow(row, folded)}
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
            <RowName row={row} folded={folded} onFold={onFold} />
            <RowStatus row={row} />
            <RowDuration row={row} />
          </div>
          <RowBars row={row} />
        </>
      ) : (
        <>
          <RowName row={row} folded={folded} onFold={onFold} />
          <RowStatus row={row} />
          <RowBars row={row} />
          <RowDuration row={row} />
        </>
      )}
    </div>
  );
});

interface RowNameProps {
  row: WaterfallRow;
  folded: boolean;
  onFold: (path: string, folded: boolean) => void;
}

function RowName({ row, folded, onFold }: RowNameProps) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2" style={{ paddingLeft: Math.min(row.depth, 6) * 14 }}>
      <NodeKindIcon kind={row.kind} />
      <span className="truncate" title={row.label === row.path ? undefined : row.path}>
        {row.label}
      </span>
      {row.below && (
        // By keyboard the arrows fold: a row of a list may not hold a button.
        <span
          title={folded ? 'Show what ran inside of it' : 'Fold what ran inside of it'}
          className="text-muted hover:text-text -my-1 inline-flex min-h-6 min-w-6 shrink-0 items-center gap-0.5 rounded-sm text-xs"
          onClick={(event) => {
            event.stopPropagation();
            onFold(row.path, !folded);
          }}
        >
          <ChevronRight aria-hidden className={classNames('size-4', !folded && 'rotate-90')} />
          <span className="tabular whitespace-nowrap">{countWords(row.below)}</span>
        </span>
      )}
      {row.runId && <SubRunStatus executionId={row.runId} />}
    </span>
  );
}

/** `48 of 50`, and what went wrong among them. */
function countWords({ all, succeeded, failed, waiting }: ChildCounts): string {
  const count = (amount: number) => amount.toLocaleString('en-US');
  const parts = [succeeded === all ? count(all) : `${count(succeeded)} of ${count(all)}`];
  if (failed > 0) parts.push(`${count(failed)} failed`);
  if (waiting > 0) parts.push(`${count(waiting)} waiting`);
  return parts.join(', ');
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
      {row.waits.map((wait, index) => (
        <WaitView key={index} wait={wait} />
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

function WaitView({ wait }: { wait: WaterfallWait }) {
  const lasted = wait.toMs === null ? '' : ` for ${formatDuration(wait.toMs - wait.fromMs)}`;
  return (
    <span
      title={`${wait.toMs === null ? 'Waits' : 'Waited'}${lasted}: ${wait.title}`}
      data-outcome="waiting"
      className={classNames('wait-bar absolute inset-y-0.5 rounded-sm', wait.toMs === null && 'rounded-r-none')}
      style={stretch(wait.fromMs, wait.toMs)}
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
  if (bar.outcome === 'parked') return `${name}: worked ${lasted}, then waited`;
  const reason = bar.errorCode ? `, ${bar.errorCode}` : '';
  return `${name}: ${bar.outcome} after ${lasted}${reason}`;
}

function spokenRow(row: WaterfallRow, folded: boolean): string {
  const status = row.takenOver
    ? 'taken over from an earlier run'
    : row.waitsFor
      ? `waiting for ${row.waitsFor}`
      : statusWord(row.status);
  const lasted = row.durationMs === null ? '' : `, ${formatDuration(row.durationMs)}`;
  const count = row.bars.filter(({ outcome }, index) => outcome !== 'parked' || index === row.bars.length - 1).length;
  const tries = count > 1 ? `, ${count} tries` : '';
  const below = row.below ? `, ${countWords(row.below)} inside${folded ? ', folded' : ''}` : '';
  return `${row.label}, ${nodeKindWord(row.kind)}, ${status}${lasted}${tries}${below}`;
}
