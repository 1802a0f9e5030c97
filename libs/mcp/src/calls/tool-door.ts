import { currentPrincipal, type Permission } from '#auth';
import { RateLimits } from '#billing';
import type { CallToolRequest, CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { mayNotCall, unknownTool } from '../mcp.errors.js';
import { GET_RUN, GetRunTool } from '../tools/get-run.tool.js';
import { OfferedTools } from '../tools/offered-tools.js';
import type { CallStop } from './call-stop.js';
import { type CallListener, ToolCalls } from './tool-calls.js';

/** Finds out what a `tools/call` means and whether whoever asks may have it. */
@Injectable()
export class ToolDoor {
  constructor(
    private readonly tools: OfferedTools,
    private readonly getRun: GetRunTool,
    private readonly calls: ToolCalls,
    private readonly limits: RateLimits,
  ) {}

  /** @throws AppError when nothing was started */
  async call(
    { name, arguments: args = {} }: CallToolRequest['params'],
    stop: CallStop,
    listener: CallListener,
  ): Promise<CallToolResult> {
    if (name === GET_RUN) {
      assertMay('executions:read');
      return this.getRun.call(args);
    }
    assertMay('executions:start');
    const { orgId, userId } = currentPrincipal();
    const agent = await this.tools.find(name);
    if (!agent) throw unknownTool(name);
    await this.limits.admitRequest({ orgId, userId });
    return this.calls.run(agent, args, stop, listener);
  }
}

function assertMay(permission: Permission): void {
  if (!currentPrincipal().permissions.has(permission)) throw mayNotCall(permission);
}
