/** Telling other systems what happens: signed messages, retries, the log of deliveries, and the endpoints that organisations keep. */
export { type Deliveries, DeliveryTask } from './delivery/delivery.task.js';
export { DeliveryLoop } from './delivery/delivery-loop.js';
export { type DeliveryAnswer, outcomeOf } from './delivery/delivery-outcome.js';
export { DELIVERY_STATES, type DeliveryState } from './delivery/delivery-state.js';
export { type ClaimedDelivery, type DeliveryLimits, DueRows } from './delivery/due-rows.js';
export { IsReceiverUrl, MAX_RECEIVER_URL_CHARACTERS } from './delivery/is-receiver-url.js';
export { STANDARD_SCHEDULE } from './delivery/retry-schedule.js';
export { sendSigned } from './delivery/send-signed.js';
export { makeSigningSecret } from './delivery/signing-secret.js';
export { announceEvents } from './endpoints/announcement.js';
export { EndpointDeliveries } from './endpoints/endpoint-deliveries.js';
export type { EventType } from './endpoints/event-types.js';
export { type EventReference, MessageSources } from './endpoints/message-sources.js';
export { WebhookEvents } from './endpoints/webhook-events.js';
export { WebhookEventsModule } from './webhook-events.module.js';
export { WebhooksApiModule } from './webhooks-api.module.js';
export { WebhooksMaintenanceModule } from './webhooks-maintenance.module.js';
export { WebhooksModule } from './webhooks.module.js';
