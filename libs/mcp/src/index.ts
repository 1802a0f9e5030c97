/** Published agents as tools of the Model Context Protocol, for other people's assistants. */
export { McpApiModule } from './mcp-api.module.js';
