/** Runs of agents: durable, live, metered. Journal, leases, event log and the doors to them. */
export { ExecutionsApiModule } from './executions-api.module.js';
export { ExecutionsMaintenanceModule } from './executions-maintenance.module.js';
export { ExecutionsModule } from './executions.module.js';
export { ExecutionsQueries } from './executions.queries.js';
export { ExecutionsService } from './executions.service.js';
export { ExecutionsWorkerModule } from './executions-worker.module.js';
