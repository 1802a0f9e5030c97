import type { EgressClient } from '#platform/egress';

/** For the addresses of tool sets, which people write: no origin is trusted. */
export const TOOL_SETS_EGRESS = Symbol('tool-sets-egress');
export type ToolSetsEgress = Pick<EgressClient, 'request' | 'fetchWith'>;
