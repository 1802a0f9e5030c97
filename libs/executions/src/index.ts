/** Runs of agents: durable, live, metered. Journal, leases, event log and the doors to them. */
export { EventStreamAnswer } from './event-stream-answer.js';
export { ExecutionControl } from './execution-control.js';
export type { EventEnvelope } from './execution-event.js';
export { ExecutionStream } from './execution-stream.js';
export { isFinal } from './execution-status.js';
export { ExecutionsApiModule } from './executions-api.module.js';
export { ExecutionsMaintenanceModule } from './executions-maintenance.module.js';
export { ExecutionsModule } from './executions.module.js';
export { ExecutionsQueries } from './executions.queries.js';
export { ExecutionsService, type StartCommand, type Started } from './executions.service.js';
export { type FollowedRun, FollowedRuns } from './followed-runs.js';
export { OpenConversation } from './open-conversation.interceptor.js';
export { PLAIN_SPENDING } from './spending/run-spending.js';
export { ExecutionsWorkerModule } from './executions-worker.module.js';
export { Watchers } from './watchers.js';
export { WaitResponse } from './waits/dto/wait-response.dto.js';
