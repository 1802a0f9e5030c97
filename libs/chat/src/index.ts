/** Conversations with agents: turns that are runs, what a model is told of what was said before, and the door for OpenAI clients. */
export { ChatApiModule } from './chat-api.module.js';
export { ChatMaintenanceModule } from './chat-maintenance.module.js';
