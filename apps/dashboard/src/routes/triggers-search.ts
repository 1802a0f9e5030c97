import { text } from './search-values';

/** What stands open on a list of triggers, as it stands in the address. */
export interface TriggersSearch {
  /** The form: `new`, or the id of what is being changed. */
  form?: string;
  /** The webhook whose messages are shown. */
  log?: string;
  /** Chosen already in the form for a new one. */
  agentId?: string;
}

export function validateTriggersSearch(search: Record<string, unknown>): TriggersSearch {
  return { form: text(search.form), log: text(search.log), agentId: text(search.agentId) };
}
