export { ToolRegistry } from './tool-registry.js';
export { type Tool, type ToolArguments, type ToolCall } from './tool.js';
export { ToolsApiModule } from './tools-api.module.js';
export { ToolsModule } from './tools.module.js';
