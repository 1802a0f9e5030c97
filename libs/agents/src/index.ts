/** Agents: drafts that people edit, versions that run, templates to start from. */
export { AgentVersions, type ResolvedVersion } from './agent-versions.js';
export { AgentsApiModule } from './agents-api.module.js';
export { AgentsModule } from './agents.module.js';
export { AgentsService } from './agents.service.js';
export { TemplatesService } from './templates.service.js';
