import type { LeftOutTool, OfferedTool } from '../tool-set-adapter.js';
import type { McpConnection } from './mcp-connection.js';
import { offeredTools } from './offered-tools.js';

type Listed = readonly (OfferedTool | LeftOutTool)[];

/** More than a set may have: what is too much is left out where tools are accepted, and people are told. */
const MOST_TOOLS = 300;
const MAX_PAGES = 20;

/**
 * Every page of `tools/list` until there are more tools than a set may have. A server that says in the middle of it that
 * its tools have changed is asked once more from the first page on.
 */
export async function listTools(
  connection: McpConnection,
  haveChanged: () => boolean,
  signal: AbortSignal,
): Promise<Listed> {
  const tools = await allPages(connection, signal);
  return haveChanged() ? allPages(connection, signal) : tools;
}

async function allPages(connection: McpConnection, signal: AbortSignal): Promise<Listed> {
  const tools: (OfferedTool | LeftOutTool)[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { tools: listed, nextCursor } = await connection.listTools(cursor, signal);
    tools.push(...offeredTools(listed.slice(0, MOST_TOOLS - tools.length)));
    if (!nextCursor || nextCursor === cursor || tools.length >= MOST_TOOLS) break;
    cursor = nextCursor;
  }
  return tools;
}
