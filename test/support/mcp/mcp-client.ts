import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult, McpError } from '@modelcontextprotocol/sdk/types.js';

/** The official client, connected as the holder of that key. Whoever asks for it calls `close`. */
export async function connectMcp(
  url: string,
  key: string | null,
): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  const client = new Client({ name: 'journeys', version: '1' });
  await client.connect(transport);
  return { client, transport };
}

/** The run that a result comes from. */
export function runOf({ _meta }: CallToolResult): string {
  return String(_meta?.['agentflow/executionId']);
}

/** What a request was refused with. @throws Error when it was not */
export function refusalOf(promise: Promise<unknown>): Promise<McpError> {
  return promise.then(
    (answer): never => {
      throw new Error(`It was not refused: ${JSON.stringify(answer)}`);
    },
    (error: McpError) => error,
  );
}
