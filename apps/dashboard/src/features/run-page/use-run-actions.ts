import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsCancel, executionsRetry, executionsStart } from '@/shared/api/generated/operations';
import type { Execution, StartExecution } from '@/shared/api/generated/schema';
import { RUN_LISTS } from '@/shared/api/queries';

export type RunAct = 'cancel' | 'retry' | 'run-again';

export interface RunActions {
  /** What is under way or, for `cancel`, was asked for. */
  pending: RunAct | null;
  /** Why the last act was refused. */
  problem: { title: string; message: string } | null;
  dismissProblem: () => void;
  cancel: () => void;
  retry: () => void;
  runAgain: (run: Execution) => void;
}

const REFUSED: Record<RunAct, string> = {
  cancel: 'The run could not be cancelled',
  retry: 'The run could not be retried',
  'run-again': 'The run could not be started again',
};

/** What people do to a run. Cancelling shows at once and is taken back when the server refuses. */
export function useRunActions(executionId: string): RunActions {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [pending, setPending] = useState<RunAct | null>(null);
  const [problem, setProblem] = useState<RunActions['problem']>(null);

  const act = async (name: RunAct, work: () => Promise<Execution>) => {
    if (pending !== null) return;
    setPending(name);
    setProblem(null);
    try {
      const answer = await work();
      if (name === 'cancel') queryClient.setQueryData(['executions', 'one', executionId], answer);
      else await navigate({ to: '/runs/$executionId', params: { executionId: answer.id } });
      void queryClient.invalidateQueries({ queryKey: RUN_LISTS });
      // A cancel that was taken stays pending until the run's last event replaces the button.
      if (name !== 'cancel') setPending(null);
    } catch (error) {
      setPending(null);
      const message = error instanceof ApiProblem ? error.message : 'That did not work. Try again.';
      setProblem({ title: REFUSED[name], message });
    }
  };
  return {
    pending,
    problem,
    dismissProblem: () => setProblem(null),
    cancel: () => void act('cancel', () => executionsCancel({ id: executionId })),
    retry: () => void act('retry', () => executionsRetry({ id: executionId })),
    runAgain: (run) =>
      void act('run-again', () =>
        executionsStart({
          body: { agentId: run.agentId, version: run.version, input: run.input as StartExecution['input'] },
        }),
      ),
  };
}
