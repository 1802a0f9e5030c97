import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '@/shared/api/api-problem';
import { executionsDecide, executionsWaits } from '@/shared/api/generated/operations';
import type { DecideWait, Wait } from '@/shared/api/generated/schema';

export interface Deciding {
  /** The decision that is on its way. */
  pending: string | null;
  /** Why the last one was refused. */
  problem: ApiProblem | null;
  /** Somebody else was faster, or what is to be decided is no longer what was shown. */
  isConflict: boolean;
  decide: (decision: string, data?: DecideWait['data']) => Promise<void>;
}

/**
 * Takes a decision on what a run waits for. The first one wins: when somebody else was faster, what they decided is fetched and handed over.
 * @param onKnown hears of the wait as it stands afterwards
 */
export function useDecide(wait: Wait, onKnown: (wait: Wait) => void): Deciding {
  const queryClient = useQueryClient();
  const [pending, setPending] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const refresh = () => {
    void queryClient.invalidateQueries({ queryKey: ['waits'] });
    void queryClient.invalidateQueries({ queryKey: ['executions'] });
  };
  const decide = async (decision: string, data?: DecideWait['data']) => {
    if (pending !== null) return;
    setPending(decision);
    setProblem(null);
    const { id: waitId, executionId: id, payloadHash } = wait;
    try {
      onKnown(
        await executionsDecide({ id, waitId, body: { decision, payloadHash, ...(data !== undefined && { data }) } }),
      );
      refresh();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
      if (error.status === 409 || error.status === 404) {
        const now = await executionsWaits({ id }).catch(() => null);
        const found = now?.data.find((each) => each.id === waitId);
        if (found) onKnown(found);
        refresh();
      }
    } finally {
      setPending(null);
    }
  };
  return { pending, problem, isConflict: problem?.status === 409, decide };
}
