import { getRouteApi } from '@tanstack/react-router';
import { useExecutionTimeline } from '@/shared/live/use-execution-timeline';
import { RunScreen } from './run-screen';

export interface RunPageProps {
  /** The run that is shown. The page fills the height it is given and has its own header. */
  executionId: string;
}

const route = getRouteApi('/signed-in/runs/$executionId');

/** One run, live, from its first event to its last. */
export function RunPage({ executionId }: RunPageProps) {
  const live = useExecutionTimeline(executionId);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RunScreen
      executionId={executionId}
      live={live}
      view={search}
      onView={(change) =>
        void navigate({ search: (previous) => ({ ...previous, ...change }), replace: true, resetScroll: false })
      }
    />
  );
}
