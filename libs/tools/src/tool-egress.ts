import type { EgressClient } from '#platform/egress';

/** The way out of tools; no origin is trusted. */
export type ToolEgress = Pick<EgressClient, 'request' | 'fetchWith'>;
