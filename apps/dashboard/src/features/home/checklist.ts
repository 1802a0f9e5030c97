import type { Agent, ExecutionSummary } from '@/shared/api/generated/schema';

export interface Progress {
  watched: boolean;
  published: boolean;
  ranOwnText: boolean;
  calledByKey: boolean;
}

const WATCHED_KEY = 'agentflow.watched-a-run';

/** Remembers in this browser that somebody looked at a run. */
export function rememberWatched(): void {
  try {
    localStorage.setItem(WATCHED_KEY, 'yes');
  } catch {
    // Without storage the first step of the checklist stays open; nothing else depends on it.
  }
}

/** How far the first steps are done, as far as can be told from what exists. */
export function progressOf(agents: readonly Agent[], runs: readonly ExecutionSummary[], keyWasUsed: boolean): Progress {
  return {
    watched: hasWatched(),
    published: agents.some((agent) => (agent.publishedVersion ?? 0) > 1),
    ranOwnText: runs.some((run) => run.trigger === 'manual'),
    calledByKey: keyWasUsed || runs.some((run) => run.trigger === 'api'),
  };
}

function hasWatched(): boolean {
  try {
    return localStorage.getItem(WATCHED_KEY) === 'yes';
  } catch {
    return false;
  }
}
