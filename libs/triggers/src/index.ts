/** What starts runs by itself: schedules and webhooks. */
export { TriggersApiModule } from './triggers-api.module.js';
export { TriggersMaintenanceModule } from './triggers-maintenance.module.js';
