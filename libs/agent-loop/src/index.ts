export { runAgentLoop } from './run-agent-loop.js';
export type {
  LoopCall,
  LoopHooks,
  LoopMessage,
  LoopReply,
  LoopRequest,
  LoopResult,
  LoopToolResult,
} from './loop-types.js';
