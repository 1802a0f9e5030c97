import { AgentDirectory, type CallableAgent } from '#agents';
import { currentPrincipal } from '#auth';
import type { ListToolsResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import { Injectable } from '@nestjs/common';
import { CursorCodec, type Page } from '#platform/http';
import { OrgContext } from '#tenancy';
import { GET_RUN_TOOL } from './get-run.tool.js';
import { slugOfTool, toolNameOf } from './tool-name.js';

/** A schema may have 256 KiB, so a page has few. */
const PAGE_SIZE = 50;

/** An agent and the name by which programs call it. */
export interface OfferedAgent {
  readonly toolName: string;
  readonly agent: CallableAgent;
}

/** The agents of the organisation that can be called as tools, and the one tool that is none. */
@Injectable()
export class OfferedTools {
  constructor(
    private readonly agents: AgentDirectory,
    private readonly cursors: CursorCodec,
  ) {}

  /** What whoever asks may call; nothing that it may not. @throws AppError malformed for a cursor that is none */
  async list(cursor: string | undefined): Promise<ListToolsResult> {
    const { permissions } = currentPrincipal();
    const ours = cursor === undefined && permissions.has('executions:read') ? [GET_RUN_TOOL] : [];
    if (!permissions.has('executions:start')) return { tools: ours };
    const { data, nextCursor } = await this.page({ limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) });
    return { tools: [...ours, ...data.map(describe)], ...(nextCursor !== null && { nextCursor }) };
  }

  /** By slug. @throws AppError malformed for a cursor that is none */
  async page({ cursor, limit }: { readonly cursor?: string; readonly limit: number }): Promise<Page<OfferedAgent>> {
    const list = `mcp-tools:${OrgContext.require()}`;
    const after = cursor === undefined ? null : this.cursors.decode(list, cursor).at;
    const agents = await this.agents.callable(after, limit);
    const { data, ...rest } = this.cursors.page(list, agents, limit, ({ slug, id }) => ({ at: slug, id }));
    return { ...rest, data: data.map((agent) => ({ toolName: toolNameOf(agent.slug), agent })) };
  }

  /** Null when no agent that can be called has such a tool. */
  async find(toolName: string): Promise<CallableAgent | null> {
    const slug = slugOfTool(toolName);
    return slug === null ? null : this.agents.findCallable(slug);
  }
}

function describe({ toolName, agent: { name, description, inputSchema } }: OfferedAgent): Tool {
  return {
    name: toolName,
    title: name,
    description: description === '' ? `Runs the agent “${name}”.` : description,
    inputSchema: { ...inputSchema, type: 'object', ...withoutBooleans(inputSchema['properties']) },
  };
}

/** JSON Schema lets a property's schema be `true`; clients of the protocol want an object and drop the whole list otherwise. */
function withoutBooleans(properties: unknown): { properties?: Record<string, object> } {
  if (typeof properties !== 'object' || properties === null) return {};
  const entries = Object.entries(properties as Record<string, object | boolean>);
  const asObject = (schema: object | boolean): object =>
    typeof schema === 'object' ? schema : schema ? {} : { not: {} };
  return { properties: Object.fromEntries(entries.map(([name, schema]) => [name, asObject(schema)])) };
}
