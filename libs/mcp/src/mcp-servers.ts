import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  ListToolsRequestSchema,
  type LoggingLevel,
  LoggingLevelSchema,
  SetLevelRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { Injectable } from '@nestjs/common';
import { VERSION } from '#platform/health';
import type { Exchange } from './calls/exchange.js';
import type { LogLine } from './calls/tool-calls.js';
import { ToolDoor } from './calls/tool-door.js';
import { RpcFailures } from './rpc-failures.js';
import { SessionStates } from './sessions/session-states.js';
import { OfferedTools } from './tools/offered-tools.js';

const INSTRUCTIONS =
  'Each tool runs one agent of an AgentFlow organisation. Every answer names the run that it comes from in _meta["agentflow/executionId"]; a run that waits for a person goes on after the call has been answered.';

/** In the order of the protocol: each includes those after it. */
const LEVELS = LoggingLevelSchema.options;

const LEVEL_OF: Readonly<Record<LogLine['level'], LoggingLevel>> = {
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
};

/** What the protocol's own code is given of us. */
export type ProtocolServer = McpServer['server'];

/** Makes the protocol's server objects: one for each request, so that nothing of one client is ever in reach of another. */
@Injectable()
export class McpServers {
  /** Costs more to make than all the rest, and is only there for questions that we never ask. */
  private readonly jsonSchemaValidator = new AjvJsonSchemaValidator();

  constructor(
    private readonly tools: OfferedTools,
    private readonly door: ToolDoor,
    private readonly states: SessionStates,
    private readonly failures: RpcFailures,
  ) {}

  create(exchange: Exchange): ProtocolServer {
    const { server } = new McpServer(
      { name: 'agentflow', title: 'AgentFlow', version: VERSION },
      {
        capabilities: { tools: { listChanged: true }, logging: {} },
        instructions: INSTRUCTIONS,
        jsonSchemaValidator: this.jsonSchemaValidator,
      },
    );
    server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
      this.failures.translate(() => this.tools.list(params?.cursor)),
    );
    server.setRequestHandler(SetLevelRequestSchema, ({ params }) => {
      this.states.setLevel(exchange.session, params.level);
      return {};
    });
    this.answerCalls(server, exchange);
    return server;
  }

  private answerCalls(server: ProtocolServer, exchange: Exchange): void {
    server.setRequestHandler(CallToolRequestSchema, ({ params }, { requestId, _meta, sendNotification }) => {
      const progressToken = _meta?.progressToken;
      const stop = exchange.begin(requestId);
      // A client that has gone is told nothing; one that reads too slowly misses what the next message says better.
      const tell = (notification: Parameters<typeof sendNotification>[0]): void => {
        if (!exchange.isBehind) void sendNotification(notification).catch(() => undefined);
      };
      const listener = {
        onProgress:
          progressToken === undefined
            ? null
            : (progress: { progress: number; message: string }): void =>
                tell({ method: 'notifications/progress', params: { progressToken, ...progress } }),
        onLog: ({ level: own, stepId, message }: LogLine): void => {
          const level = LEVEL_OF[own];
          if (LEVELS.indexOf(level) < LEVELS.indexOf(this.states.level(exchange.session))) return;
          tell({ method: 'notifications/message', params: { level, logger: stepId, data: message } });
        },
      };
      return this.failures
        .translate(() => this.door.call(params, stop, listener))
        .finally(() => exchange.end(requestId));
    });
  }
}
