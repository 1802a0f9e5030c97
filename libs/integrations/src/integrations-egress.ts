import type { EgressClient } from '#platform/egress';

/** For token endpoints and connection tests, whose addresses people write: no origin is trusted. */
export const INTEGRATIONS_EGRESS = Symbol('integrations-egress');
export type IntegrationsEgress = Pick<EgressClient, 'request'>;
