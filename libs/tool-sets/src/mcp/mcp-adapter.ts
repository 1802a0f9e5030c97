import { type CredentialSource, credentialedFetch, type ToolCredential } from '#tools';
import type { FetchFunction } from '#platform/egress';
import type {
  CallableTool,
  LeftOutTool,
  OfferedTool,
  ToolSetAdapter,
  ToolSetCall,
  ToolSetPlace,
  ToolSetToDiscover,
} from '../tool-set-adapter.js';
import type { ToolSetsEgress } from '../tool-sets-egress.js';
import { listTools } from './list-tools.js';
import { toolSaidError } from './tool-said-error.js';
import { resultOf, textOf } from './tool-result.js';

/** How long one call may take with word of progress; without it, a minute. */
const CALL_MS = 300_000;
/** Of one request, the streams of a call too, which are silent for as long as the tool works. */
const LIMITS = {
  firstByteMs: CALL_MS,
  idleMs: CALL_MS,
  totalMs: CALL_MS + 10_000,
  maxResponseBytes: 8 * 1024 * 1024,
};

export interface McpAdapterOptions {
  /** Without word of a server for so long, a request is given up; a minute when absent. */
  readonly idleMs?: number;
}

/**
 * Remote MCP servers, by Streamable HTTP only: a server is an address, never a command, and the older transport over SSE is
 * not spoken. Each call has a session of its own.
 */
export class McpAdapter implements ToolSetAdapter {
  readonly kind = 'mcp';
  readonly callMs = CALL_MS;

  constructor(
    private readonly egress: Pick<ToolSetsEgress, 'fetchWith'>,
    private readonly credentials: CredentialSource,
    private readonly options: McpAdapterOptions = {},
  ) {}

  async discover(set: ToolSetToDiscover, signal: AbortSignal): Promise<readonly (OfferedTool | LeftOutTool)[]> {
    const { overMcp } = await loadMcp();
    let haveChanged = false;
    const exchange = {
      ...(await this.server(set, `Tool set ${set.name}`)),
      isWrite: false,
      signal,
      onToolsChanged: () => (haveChanged = true),
    };
    return overMcp(exchange, (connection) => listTools(connection, () => haveChanged, signal));
  }

  async call(
    set: ToolSetPlace,
    { remoteName, effect }: CallableTool,
    args: Readonly<Record<string, unknown>>,
    told: ToolSetCall,
  ): Promise<unknown> {
    const { signal, usedBy } = told;
    const { overMcp } = await loadMcp();
    const result = await overMcp(
      {
        ...(await this.server(set, usedBy)),
        isWrite: effect === 'write',
        signal,
        onToolsChanged: () => told.onToolsChanged(),
      },
      (connection) => connection.callTool(remoteName, args, signal),
    );
    if (result.isError === true) throw toolSaidError(set.name, textOf(result.content));
    return resultOf(result);
  }

  private async server(
    { name, url, credentialId }: ToolSetPlace,
    usedBy: string,
  ): Promise<{ service: string; url: string; fetch: FetchFunction; idleMs?: number }> {
    const credential = credentialId === null ? null : asked(await this.credentials.open(credentialId, usedBy));
    const { idleMs } = this.options;
    // Without a signal of its own: the word that a call is cancelled goes out after the call's signal was aborted.
    const fetch = credentialedFetch(this.egress, credential, { limits: LIMITS });
    return { service: name, url, fetch, ...(idleMs !== undefined && { idleMs }) };
  }
}

/** The SDK is loaded by those who speak to a server. */
const loadMcp = () => import('./mcp-exchange.js');

/** Asks the vault once for each address: a connection makes several requests, the last ones when its call is long over. */
function asked(credential: ToolCredential): Pick<ToolCredential, 'headersFor'> {
  const known = new Map<string, ReturnType<ToolCredential['headersFor']>>();
  return {
    headersFor: (url) => {
      const headers = known.get(url) ?? credential.headersFor(url);
      known.set(url, headers);
      return headers;
    },
  };
}
