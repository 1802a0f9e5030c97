import { AgentsModule } from '#agents';
import { AuthModule } from '#auth';
import { BillingModule } from '#billing';
import { ExecutionsApiModule } from '#executions';
import { Module } from '@nestjs/common';
import { ToolCalls } from './calls/tool-calls.js';
import { ToolDoor } from './calls/tool-door.js';
import { McpController } from './mcp.controller.js';
import { McpDoor } from './mcp-door.js';
import { McpServers } from './mcp-servers.js';
import { McpStreams } from './mcp-streams.js';
import { OfferedToolsController } from './offered-tools.controller.js';
import { OpenExchanges } from './open-exchanges.js';
import { RpcFailures } from './rpc-failures.js';
import { ClientSessions } from './sessions/client-sessions.js';
import { McpSessions } from './sessions/mcp-sessions.js';
import { SessionSignalBus } from './sessions/session-signal-bus.js';
import { SessionStates } from './sessions/session-states.js';
import { GetRunTool } from './tools/get-run.tool.js';
import { OfferedTools } from './tools/offered-tools.js';

/** The door for clients of the Model Context Protocol; there is nothing behind it but agents and runs. Needs `ExecutionsModule.forRoot`. */
@Module({
  imports: [AgentsModule, AuthModule, BillingModule, ExecutionsApiModule],
  controllers: [OfferedToolsController, McpController],
  providers: [
    ClientSessions,
    GetRunTool,
    McpDoor,
    McpServers,
    McpSessions,
    McpStreams,
    OfferedTools,
    OpenExchanges,
    RpcFailures,
    SessionSignalBus,
    SessionStates,
    ToolCalls,
    ToolDoor,
  ],
})
export class McpApiModule {}
