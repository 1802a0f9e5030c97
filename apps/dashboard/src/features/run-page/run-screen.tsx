import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import type { RunSearch } from '@/routes/run-route';
import { ApiProblem } from '@/shared/api/api-problem';
import { versionQuery } from '@/shared/api/queries';
import type { LiveTimeline } from '@/shared/live/use-execution-timeline';
import { Button } from '@/shared/ui/button';
import { EmptyState } from '@/shared/ui/empty-state';
import { ErrorState } from '@/shared/ui/error-state';
import { SplitPane } from '@/shared/ui/split-pane';
import { DETAIL_ID } from './detail-panel';
import { RunAnnouncer } from './run-announcer';
import { RunHeader } from './run-header';
import { RunNotices } from './run-notices';
import { RunOverview } from './run-overview';
import { RunSkeleton } from './run-skeleton';
import { RunTabs } from './run-tabs';
import { StepDetail } from './step-detail';
import type { Execution } from '@/shared/api/generated/schema';
import { useAsked } from './use-asked';
import { useRun, type Run } from './use-run';
import { useRunActions } from './use-run-actions';
import { layoutWaterfall } from './waterfall-layout';

export interface RunScreenProps {
  executionId: string;
  /** The run's events so far and how they come. */
  live: LiveTimeline;
  /** What the address says. */
  view: RunSearch;
  onView: (change: RunSearch) => void;
}

/** The run page for whatever follows the run. */
export function RunScreen(props: RunScreenProps) {
  const { executionId, live, view } = props;
  const run = useRun(executionId, live, view.step);
  const error = run.row ? null : (run.rowError ?? live.error);
  if (error instanceof ApiProblem && error.status === 404) return <RunNotFound />;
  if (run.row && live.connection !== 'failed') return <RunContent {...props} run={run} row={run.row} />;
  if (error !== null || live.connection === 'failed') {
    const again = () => {
      run.retryRow();
      live.retry();
    };
    return <ErrorState title="The run could not be loaded" error={error ?? live.error} onRetry={again} />;
  }
  return <RunSkeleton />;
}

function RunContent({ live, view, onView, run, row }: RunScreenProps & { run: Run; row: Execution }) {
  const { timeline, startedAt, finishedAt, takenOver } = run;
  const actions = useRunActions(row.id);
  const asked = useAsked(row.waits);
  const waterfall = useMemo(
    () => layoutWaterfall(timeline, { startedAt, finishedAt, takenOver }),
    [timeline, startedAt, finishedAt, takenOver],
  );
  const step = view.step === undefined ? undefined : timeline.steps.get(view.step);
  const latestOnView = useRef(onView);
  latestOnView.current = onView;
  const select = useCallback((path: string) => latestOnView.current({ step: path }), []);
  const selectAndShow = useCallback(
    (path: string) => {
      select(path);
      showDetailBelow();
    },
    [select],
  );
  const modelIsSimulated = useModelIsSimulated(row, step?.kind === 'llm' ? step.nodeId : undefined);
  return (
    <div className="max-lg:shrink-0 lg:flex lg:min-h-0 lg:flex-1 lg:flex-col">
      <RunHeader run={run} row={row} actions={actions} />
      <RunNotices run={run} row={row} connection={live.connection} actions={actions} onSelect={selectAndShow} />
      <RunAnnouncer timeline={timeline} />
      <div className="bg-surface lg:min-h-0 lg:flex-1">
        <SplitPane
          id="run"
          initialWidth={480}
          main={
            <RunTabs
              row={row}
              timeline={timeline}
              waterfall={waterfall}
              reading={live.connection === 'loading' ? row.lastSeq : null}
              view={view}
              onEventType={(event) => onView({ event: event || undefined })}
              onTab={(tab) => onView({ tab: tab === 'timeline' ? undefined : tab })}
              onSelect={select}
              onPick={selectAndShow}
              onOpen={focusDetail}
            />
          }
          side={
            step ? (
              <StepDetail
                key={step.path}
                timeline={timeline}
                step={step}
                row={run.stepRows.get(step.path)}
                rowsPending={run.stepRowsPending}
                rowsError={run.stepRowsError}
                takenOver={takenOver.has(step.path)}
                originMs={waterfall.originMs}
                modelIsSimulated={modelIsSimulated}
                asked={asked}
                panel={view.panel}
                onPanel={(panel) => onView({ panel })}
                onClose={() => onView({ step: undefined, panel: undefined })}
              />
            ) : (
              <RunOverview row={row} timeline={timeline} asked={asked} />
            )
          }
        />
      </div>
    </div>
  );
}

/** Whether the version's graph gives the step to the built-in model; known before the answer is. */
function useModelIsSimulated(row: Execution, nodeId: string | undefined): boolean {
  const version = useQuery({ ...versionQuery(row.agentId, row.version), enabled: nodeId !== undefined });
  const model = version.data?.graph.nodes.find((node) => node.id === nodeId)?.config.model;
  return typeof model === 'string' && model.startsWith('simulated/');
}

function focusDetail(): void {
  document.getElementById(DETAIL_ID)?.focus();
}

/** Where the detail stands under the steps, a tap on a step has to lead there. */
function showDetailBelow(): void {
  if (!(globalThis.matchMedia?.('(width < 64rem)').matches ?? false)) return;
  requestAnimationFrame(() =>
    document.getElementById(DETAIL_ID)?.scrollIntoView({ behavior: 'smooth', block: 'start' }),
  );
}

function RunNotFound() {
  return (
    <EmptyState
      wholePage
      icon={<SearchX />}
      title="There is no run at this address"
      action={
        <Button asChild variant="primary">
          <Link to="/runs">Show all runs</Link>
        </Button>
      }
    >
      It may belong to another organisation, or the address is mistyped.
    </EmptyState>
  );
}
