import type { EgressClient } from '#platform/egress';
import type { Tool } from '../tool.js';
import { CALCULATOR } from './calculator.tool.js';
import { DATETIME } from './datetime.tool.js';
import { httpRequestTool } from './http-request.tool.js';
import { JSON_TOOL } from './json.tool.js';
import { TEXT_TOOL } from './text.tool.js';

/** Every tool that AgentFlow brings along, in the order in which lists show them. */
export function builtInTools(egress: Pick<EgressClient, 'request'>): readonly Tool[] {
  return [CALCULATOR, DATETIME, JSON_TOOL, TEXT_TOOL, httpRequestTool(egress)];
}
