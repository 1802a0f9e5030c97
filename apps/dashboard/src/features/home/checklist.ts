import type { Agent, ApiKey, ExecutionSummary } from '@/shared/api/generated/schema';

export interface Progress {
  watched: boolean;
  published: boolean;
  ranOwnText: boolean;
  /** Null for people who may not have API keys: the step is not theirs. */
  calledByKey: boolean | null;
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

/**
 * How far the first steps are done, as far as can be told from what exists.
 * @param keys null when the person may not read them
 */
export function progressOf(
  agents: readonly Agent[],
  runs: readonly ExecutionSummary[],
  keys: readonly ApiKey[] | null,
): Progress {
  return {
    watched: hasWatched(),
    published: agents.some((agent) => (agent.publishedVersion ?? 0) > 1),
    ranOwnText: runs.some((run) => run.trigger !== 'sample'),
    calledByKey: keys && keys.some((key) => key.lastUsedAt !== null),
  };
}

function hasWatched(): boolean {
  try {
    return localStorage.getItem(WATCHED_KEY) === 'yes';
  } catch {
    return false;
  }
}
