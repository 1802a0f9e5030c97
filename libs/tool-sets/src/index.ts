/** Tool sets: tools that an organisation brought itself, from remote MCP servers and OpenAPI documents. Strangers' words. */
export {
  type CallableTool,
  type LeftOutTool,
  type OfferedTool,
  type ToolSetAdapter,
  type ToolSetCall,
  type ToolSetPlace,
  type ToolSetToDiscover,
} from './tool-set-adapter.js';
export { ToolSetsApiModule } from './tool-sets-api.module.js';
export { ToolSetsModule } from './tool-sets.module.js';
