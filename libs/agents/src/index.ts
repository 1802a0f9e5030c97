/** Agents: drafts that people edit, versions that run, templates to start from. */
export { AgentDirectory } from './agent-directory.js';
export { agentsChannel } from './agents-channel.js';
export { AgentVersions, type ResolvedVersion } from './agent-versions.js';
export { AgentsApiModule } from './agents-api.module.js';
export { AgentsModule } from './agents.module.js';
export { AgentsService } from './agents.service.js';
export { BuiltInAgents } from './built-in-agents.js';
export type { CallableAgent } from './callable-agents.read-model.js';
export type { ChatSettings } from './chat-settings.js';
export { TemplatesService } from './templates.service.js';
