/**
 * What one look at the machine found.
 * @typedef {{ state: 'ok' | 'note' | 'mend', what: string, fix?: string }} Finding
 *   note: worth knowing, AgentFlow starts nevertheless. mend: AgentFlow would not start, or would not be safe.
 */
export const ok = (what) => ({ state: 'ok', what });
export const note = (what, fix) => ({ state: 'note', what, fix });
export const mend = (what, fix) => ({ state: 'mend', what, fix });
