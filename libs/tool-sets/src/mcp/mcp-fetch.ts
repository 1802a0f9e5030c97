import { EgressError, type FetchFunction } from '#platform/egress';
import { eventsInBounds } from './events-in-bounds.js';
import { McpRefusal } from './mcp-refusal.js';

/** A whole call needs half a dozen; a server that asks for more keeps us busy with refusals. */
const MAX_REQUESTS = 100;
const EVENT_BOUNDS = { maxEventBytes: 4 * 1024 * 1024, maxEvents: 20_000 };
const MAX_SAID = 2_000;

export interface McpFetchHooks {
  /** The answer to what was asked will not come: the stream that was to bring it broke, or went beyond its bounds. */
  failed(error: unknown): void;
  /** The stream of an answer is over. The answer may have been in it. */
  ended(): void;
}

/**
 * The `fetch` of one MCP connection, between the SDK and the egress door. It keeps what the SDK loses: the status and the
 * words of a refusal, the reason why a stream broke, and that one has ended.
 *
 * @param hooksNow asked when a request begins: who is to hear what becomes of its answer
 */
export function mcpFetch(fetch: FetchFunction, hooksNow: () => McpFetchHooks): FetchFunction {
  let requests = 0;
  return async (input, init) => {
    requests += 1;
    const hooks = hooksNow();
    if (requests > MAX_REQUESTS) {
      const error = beyondBounds(`so much that it takes more than ${MAX_REQUESTS} requests to answer`);
      hooks.failed(error);
      throw error;
    }
    const response = await fetch(input, init);
    const isMessage = init?.method === 'POST';
    if (isMessage && !response.ok) throw await refusal(response, new Headers(init.headers));
    return isEventStream(response) ? bounded(response, isMessage ? hooks : undefined) : response;
  };
}

async function refusal(response: Response, sent: Headers): Promise<McpRefusal> {
  const said = saidIn(await response.text());
  return new McpRefusal(response.status, said, response.headers.get('retry-after'), sent.has('mcp-session-id'));
}

/** The message of a JSON-RPC error or a plain text; pages for people say nothing here. */
function saidIn(body: string): string {
  try {
    const { error } = JSON.parse(body) as { error?: unknown };
    const message = typeof error === 'object' ? (error as { message?: unknown } | null)?.message : error;
    return typeof message === 'string' ? message.slice(0, MAX_SAID) : '';
  } catch {
    return body.trimStart().startsWith('<') ? '' : body.slice(0, MAX_SAID);
  }
}

function bounded(response: Response, hooks: McpFetchHooks | undefined): Response {
  const { body, status, statusText, headers } = response;
  if (body === null) return response;
  const events = eventsInBounds(
    body,
    EVENT_BOUNDS,
    {
      // What can be taken up again, the SDK takes up.
      ended: (isResumable) => {
        if (!isResumable) hooks?.ended();
      },
      failed: (error, isResumable) => {
        const mayGoOn = isResumable && error instanceof EgressError && error.retryable;
        if (!mayGoOn) hooks?.failed(error);
      },
    },
    beyondBounds,
  );
  return new Response(events, { status, statusText, headers });
}

const beyondBounds = (bound: string): EgressError =>
  new EgressError('egress.too_large', `The MCP server sent ${bound}, which is not accepted.`, {
    retryable: false,
    phase: 'after-send',
  });

const isEventStream = ({ headers }: Response): boolean =>
  /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
