import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import { formatDuration } from '@/shared/format/format-duration';
import { useNow } from '@/shared/format/use-now';
import { useShortcut } from '@/shared/ui/shortcuts';
import { serverNow } from './server-clock';
import { ticksOf } from './time-axis';
import { useElementWidth } from './use-element-width';
import { liveSpanMs, useGrowingAxis } from './use-growing-axis';
import { useKeepAtEnd } from './use-keep-at-end';
import { WaterfallAxis, WaterfallLines } from './waterfall-axis';
import type { Waterfall } from './waterfall-layout';
import { AXIS_PX, COMPACT_BELOW_PX, COMPACT_ROW_PX, ROW_PX } from './waterfall-measures';
import { WaterfallRowView } from './waterfall-row-view';
import { isFolded, unfolded, type Folding } from './waterfall-tree';

export interface WaterfallViewProps {
  waterfall: Waterfall;
  selected: string | undefined;
  folding: Folding;
  onFold: (path: string, folded: boolean) => void;
  /** By keys. */
  onSelect: (path: string) => void;
  /** By pointing. */
  onPick: (path: string) => void;
  /** Moves the focus to the detail of the selected step. */
  onOpen: () => void;
}

const PAGE_ROWS = 10;
const PX_PER_TICK = 90;

/** The steps of a run on a common time axis. Only the rows in sight exist, so that ten thousand scroll like ten. */
export function WaterfallView(props: WaterfallViewProps) {
  const { waterfall, selected, folding, onFold, onSelect, onPick, onOpen } = props;
  const { resumes, queues, originMs, endMs } = waterfall;
  const rows = useMemo(() => unfolded(waterfall.rows, folding, selected), [waterfall.rows, folding, selected]);
  const frame = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const width = useElementWidth(frame);
  const compact = width !== null && width < COMPACT_BELOW_PX;
  const rowPx = compact ? COMPACT_ROW_PX : ROW_PX;

  useGrowingAxis(
    frame,
    endMs,
    useCallback(() => serverNow() - originMs, [originMs]),
  );
  useNow(endMs === null ? 1000 : 0);
  const spanMs = endMs ?? liveSpanMs(serverNow() - originMs);
  const axisPx = (width ?? 900) - (compact ? 32 : (width ?? 900) * 0.25 + 310);
  const ticks = ticksOf(spanMs, Math.max(2, Math.floor(axisPx / PX_PER_TICK)));

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollMargin: AXIS_PX,
    scrollPaddingStart: AXIS_PX,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  useKeepAtEnd(list, virtual.getTotalSize(), endMs === null && selected === undefined);

  const selectedIndex = selected === undefined ? -1 : rows.findIndex((row) => row.path === selected);
  const move = (to: number) => {
    const index = Math.min(rows.length - 1, Math.max(0, to));
    const row = rows[index];
    if (!row) return;
    onSelect(row.path);
    virtual.scrollToIndex(index, { align: 'auto' });
    list.current?.focus({ preventScroll: true });
  };
  const usable = { group: 'Run', enabled: rows.length > 0 };
  useShortcut('j', () => move(selectedIndex + 1), { label: 'Next step', ...usable });
  useShortcut('k', () => move(selectedIndex === -1 ? rows.length - 1 : selectedIndex - 1), {
    label: 'Previous step',
    ...usable,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const targets: Record<string, number> = {
      ArrowDown: selectedIndex + 1,
      ArrowUp: selectedIndex - 1,
      PageDown: selectedIndex + PAGE_ROWS,
      PageUp: selectedIndex - PAGE_ROWS,
      Home: 0,
      End: rows.length - 1,
    };
    const target = targets[event.key];
    const row = rows[selectedIndex];
    const folds = row !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight');
    if (folds && row.below !== null && isFolded(row, folding, selected) === (event.key === 'ArrowRight'))
      onFold(row.path, event.key === 'ArrowLeft');
    else if (event.key === 'ArrowLeft' && row?.parent) move(rows.findIndex(({ path }) => path === row.parent));
    else if (event.key === 'Enter' && selectedIndex !== -1) onOpen();
    else if (target !== undefined) move(target);
    else return;
    event.preventDefault();
  };
  useScrollToLinked(selected, selectedIndex, (index) => virtual.scrollToIndex(index, { align: 'center' }));

  const items = virtual.getVirtualItems();
  const selectedIsInSight = items.some((item) => item.index === selectedIndex);
  return (
    <div ref={frame} className="flex h-full min-h-0 flex-col">
      {resumes.map((resume) => (
        <p key={resume.attempt} className="sr-only">
          The run was resumed after a restart {formatDuration(resume.atMs)} after its start, as attempt {resume.attempt}
          .
        </p>
      ))}
      {queues.map(({ fromMs, toMs }) => (
        <p key={fromMs} className="sr-only">
          The run waited {formatDuration(toMs - fromMs)} for a free worker, {formatDuration(fromMs)} after its start.
        </p>
      ))}
      <div
        ref={list}
        role="listbox"
        aria-label="Steps"
        tabIndex={0}
        aria-activedescendant={selectedIsInSight ? `${listId}-${selectedIndex}` : undefined}
        className="relative min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
        onKeyDown={onKeyDown}
      >
        <WaterfallAxis ticks={ticks} resumes={resumes} compact={compact} />
        <div
          role="presentation"
          className="relative min-h-[calc(100%-2rem)]"
          style={{ height: virtual.getTotalSize() }}
        >
          <WaterfallLines ticks={ticks} resumes={resumes} queues={queues} compact={compact} />
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <WaterfallRowView
                  key={row.path}
                  id={`${listId}-${item.index}`}
                  row={row}
                  index={item.index}
                  count={rows.length}
                  selected={item.index === selectedIndex}
                  folded={isFolded(row, folding, selected)}
                  compact={compact}
                  heightPx={rowPx}
                  topPx={item.start - AXIS_PX}
                  onSelect={onPick}
                  onFold={onFold}
                />
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** A copied link may point at row 8,000: shown once, when that row is there; later the reader's scrolling counts. */
function useScrollToLinked(selected: string | undefined, index: number, scrollTo: (index: number) => void): void {
  const linked = useRef(selected);
  const latest = useRef(scrollTo);
  latest.current = scrollTo;
  useEffect(() => {
    if (linked.current === undefined || index === -1) return;
    const isStillWanted = linked.current === selected;
    linked.current = undefined;
    // The list learns its height with the first frame.
    if (isStillWanted) requestAnimationFrame(() => latest.current(index));
  }, [selected, index]);
}
