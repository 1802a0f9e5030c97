import { useCallback, useState, type CSSProperties } from 'react';
import type { RunSearch } from '@/routes/run-route';
import type { ExecutionTimeline } from '@/shared/live/execution-timeline';
import { EmptyState } from '@/shared/ui/empty-state';
import { SkeletonRows } from '@/shared/ui/skeleton';
import { Tabs } from '@/shared/ui/tabs';
import { RunEvents } from './run-events';
import { RunGraph } from './run-graph';
import { RunJson } from './run-json';
import { isFinalStatus } from './run-status';
import type { Execution } from '@/shared/api/generated/schema';
import type { Waterfall } from './waterfall-layout';
import { AXIS_PX, COMPACT_ROW_PX } from './waterfall-measures';
import type { Folding } from './waterfall-tree';
import { WaterfallView } from './waterfall-view';

const TABS = ['timeline', 'graph', 'events', 'json'];

export interface RunTabsProps {
  row: Execution;
  timeline: ExecutionTimeline;
  waterfall: Waterfall;
  /** While the log is read: how many events it has. */
  reading: number | null;
  view: RunSearch;
  onTab: (tab: string) => void;
  onEventType: (type: string) => void;
  /** Selects while walking by keys. */
  onSelect: (path: string) => void;
  /** Selects by pointing, which also shows the detail where that is out of sight. */
  onPick: (path: string) => void;
  /** Moves the focus to the detail. */
  onOpen: () => void;
}

/** The same run four ways. */
export function RunTabs(props: RunTabsProps) {
  const { row, timeline, waterfall, reading, view, onTab, onEventType, onSelect, onPick, onOpen } = props;
  const growing = waterfall.endMs === null;
  const [folding, setFolding] = useState<Folding>(new Map());
  const fold = useCallback(
    (path: string, folded: boolean) => setFolding((before) => new Map(before).set(path, folded)),
    [],
  );
  // Half a log of a run that has ended would show as running what ended long ago.
  const isReplaying = reading !== null && (waterfall.rows.length === 0 || isFinalStatus(row.status));
  const steps =
    !isReplaying && waterfall.rows.length > 0 ? (
      <div
        className="h-full max-lg:h-[min(60vh,var(--rows))]"
        style={{ '--rows': stackedHeight(waterfall.rows.length) } as CSSProperties}
      >
        <WaterfallView
          waterfall={waterfall}
          selected={view.step}
          folding={folding}
          onFold={fold}
          onSelect={onSelect}
          onPick={onPick}
          onOpen={onOpen}
        />
      </div>
    ) : isReplaying ? (
      <Replaying seen={timeline.lastSeq} all={reading} />
    ) : (
      <EmptyState title={isFinalStatus(timeline.status) ? 'The run ended before any step' : 'No step has started yet'}>
        {!isFinalStatus(timeline.status) && 'Steps appear here as they start.'}
      </EmptyState>
    );
  return (
    <Tabs
      label="Views of the run"
      className="h-full"
      value={TABS.find((tab) => tab === view.tab) ?? 'timeline'}
      onChange={onTab}
      items={[
        { value: 'timeline', label: 'Timeline', content: steps },
        {
          value: 'graph',
          label: 'Graph',
          content: (
            <RunGraph
              agentId={row.agentId}
              version={row.version}
              timeline={timeline}
              selected={view.step}
              onSelect={onPick}
            />
          ),
        },
        {
          value: 'events',
          label: 'Events',
          content: (
            <RunEvents
              events={timeline.events}
              originMs={waterfall.originMs}
              growing={growing}
              type={view.event ?? ''}
              onType={onEventType}
            />
          ),
        },
        { value: 'json', label: 'JSON', content: <RunJson row={row} /> },
      ]}
    />
  );
}

/** Below other things on the page the list is as high as its rows, up to a bound. */
function stackedHeight(rows: number): string {
  return `${AXIS_PX + rows * COMPACT_ROW_PX}px`;
}

/** A long log is read page by page. */
function Replaying({ seen, all }: { seen: number; all: number }) {
  return (
    <>
      <SkeletonRows label="steps" />
      {seen > 0 && (
        <p className="text-muted show-late tabular px-4 py-3 text-sm">
          Reading the log: {seen.toLocaleString('en-US')} of {all.toLocaleString('en-US')} events
        </p>
      )}
    </>
  );
}
