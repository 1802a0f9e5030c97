import type { EgressClient } from '#platform/egress';

/** For addresses of endpoints, which people write: no origin is trusted. */
export const WEBHOOKS_EGRESS = Symbol('webhooks-egress');
export type WebhooksEgress = Pick<EgressClient, 'stream'>;
