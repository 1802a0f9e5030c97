import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionQuery } from '@/shared/api/queries';
import { StatusMark } from '@/shared/ui/status-mark';
import { Tooltip } from '@/shared/ui/tooltip';
import { isFinalStatus } from './run-status';

const ASK_EVERY_MS = 3000;

/** How a run that a step has started stands, until it has ended. One that was refused never comes to be: asked for once. */
function useSubRun(executionId: string) {
  return useQuery({
    ...executionQuery(executionId),
    refetchInterval: ({ state }) => {
      const isOver = state.data !== undefined && isFinalStatus(state.data.status);
      return isOver || isMissing(state.error) ? false : ASK_EVERY_MS;
    },
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

/** The status of a run below this one, beside the step that started it. */
export function SubRunStatus({ executionId }: { executionId: string }) {
  const { data, error } = useSubRun(executionId);
  if (isMissing(error)) return null;
  return (
    <Tooltip content={`Run ${executionId}; select the step to open it`}>
      <span className="text-muted inline-flex shrink-0 items-center gap-1 text-xs">
        run {data && <StatusMark status={data.status} hideWord />}
      </span>
    </Tooltip>
  );
}

/** The way to a run below this one, with its status. */
export function SubRunLink({ executionId }: { executionId: string }) {
  const { data, error } = useSubRun(executionId);
  if (isMissing(error)) return <>Its run was never started</>;
  return (
    <Link
      to="/runs/$executionId"
      params={{ executionId }}
      className="hover:text-text inline-flex items-center gap-1.5 underline underline-offset-2"
    >
      Run {data ? `of ${data.agentName}` : executionId.slice(-8)}
      {data && <StatusMark status={data.status} />}
    </Link>
  );
}
