import { McpConnection, type McpConnectionOptions } from './mcp-connection.js';
import { mcpFailure } from './mcp-failure.js';
import { McpRefusal } from './mcp-refusal.js';

export interface McpExchange extends McpConnectionOptions {
  /** The tool set, as people call it; for messages. */
  readonly service: string;
  /** What is asked may change something over there. */
  readonly isWrite: boolean;
  readonly signal: AbortSignal;
}

/**
 * Opens a connection, asks what is to be asked, and leaves. A server that has forgotten the session in between has done
 * nothing with the question, so it is asked once more over a new one.
 *
 * @throws StepError, AppError of vault and egress, or the signal's reason
 */
export async function overMcp<T>(exchange: McpExchange, ask: (connection: McpConnection) => Promise<T>): Promise<T> {
  const { service, isWrite, signal } = exchange;
  for (let attempt = 1; ; attempt++) {
    const connection = new McpConnection(exchange);
    let wasOpen = false;
    try {
      await connection.open(signal);
      wasOpen = true;
      return await ask(connection);
    } catch (error) {
      if (attempt === 1 && error instanceof McpRefusal && error.isLostSession) continue;
      throw mcpFailure(error, { service, isWrite: isWrite && wasOpen, wasOpen });
    } finally {
      void connection.leave();
    }
  }
}
