import { EgressClient } from '#platform/egress';
import type { ToolCredential } from '#tools';
import type { CallableTool, ToolSetCall, ToolSetPlace } from '../../tool-set-adapter.js';
import { McpAdapter, type McpAdapterOptions } from '../mcp-adapter.js';
import { McpTestServer } from './mcp-server.js';

/** As the id of a credential, it is the header that the credential sends. */
export const SECRET = 'Bearer canary-0c2d-token-of-a';

const credential = (authorization: string): ToolCredential => ({
  kind: 'http-bearer',
  fields: {},
  headersFor: () => Promise.resolve({ authorization }),
  opened: () => Promise.resolve({}),
});

/** A tool as a set has it once it is discovered and accepted. */
export const tool = (remoteName: string, effect: CallableTool['effect'] = 'read'): CallableTool => ({
  remoteName,
  effect,
  name: `tracker__${remoteName}`,
  definition: {},
});

/** What a run says of a call. */
export const circumstances = (rest: Partial<ToolSetCall> = {}): ToolSetCall => ({
  signal: new AbortController().signal,
  idempotencyKey: 'key',
  usedBy: 'A test',
  onToolsChanged: () => undefined,
  ...rest,
});

/** Real: the egress door, the SDK's client, and an MCP server of the SDK's server half on the loopback address. */
class Mcp {
  server!: McpTestServer;
  readonly egress = new EgressClient({ allowCidrs: ['127.0.0.1'] });

  adapter(options: McpAdapterOptions = {}): McpAdapter {
    return new McpAdapter(this.egress, { open: (id) => Promise.resolve(credential(id)) }, options);
  }

  /** The place of the server. */
  set(rest: Partial<ToolSetPlace> = {}): ToolSetPlace {
    return { id: 'set-1', name: 'Tracker', url: this.server.url, credentialId: null, settings: {}, ...rest };
  }

  call(
    called: CallableTool,
    args: Readonly<Record<string, unknown>> = {},
    rest: Partial<ToolSetCall> = {},
    options: McpAdapterOptions = {},
  ): Promise<unknown> {
    return this.adapter(options).call(this.set(), called, args, circumstances(rest));
  }

  discover(place = this.set(), options: McpAdapterOptions = {}) {
    return this.adapter(options).discover(place, new AbortController().signal);
  }
}

/** What the tests of a file need to ask of an MCP server, with a server of its own for each of them. */
export function openMcp(): Mcp {
  const mcp = new Mcp();
  beforeEach(async () => {
    mcp.server = await McpTestServer.start();
  });
  afterEach(() => mcp.server.close());
  afterAll(() => mcp.egress.close());
  return mcp;
}
