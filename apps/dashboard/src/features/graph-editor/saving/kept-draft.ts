import type { Graph } from '../graph/graph';

/** A draft that could not be sent before its editor was left. Stays in the tab until it could. */
export interface KeptDraft {
  graph: Graph;
  /** The revision that it was made from. */
  revision: number;
}

const keyOf = (agentId: string) => `agentflow.draft.${agentId}`;

export function keepDraft(agentId: string, draft: KeptDraft): void {
  try {
    sessionStorage.setItem(keyOf(agentId), JSON.stringify(draft));
  } catch {
    // Without storage, or when it is full, the warning before leaving is all there is.
  }
}

export function readKeptDraft(agentId: string): KeptDraft | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(agentId)) ?? 'null') as KeptDraft | null;
    return kept !== null && Array.isArray(kept.graph?.nodes) && Array.isArray(kept.graph.edges) ? kept : null;
  } catch {
    return null;
  }
}

export function forgetKeptDraft(agentId: string): void {
  try {
    sessionStorage.removeItem(keyOf(agentId));
  } catch {
    // Nothing was kept then.
  }
}
