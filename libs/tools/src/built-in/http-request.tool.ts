import { secretEcho } from '#integrations';
import { maskHttpRequest, prepareHttpRequest, StepError } from '#kernel';
import { type EgressClient, EgressError, type EgressResponse } from '#platform/egress';
import { textArgument } from '../text-argument.js';
import type { Tool, ToolArguments, ToolCall } from '../tool.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const READING = new Set(['GET', 'HEAD']);
/** Methods that a service must bear to be called twice (RFC 9110, 9.2.2). */
const REPEATABLE = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const TIMEOUT_MS = 30_000;
const OUTPUT_BYTES = 256 * 1024;

/** Calls web services through the egress door, which lets nobody reach what is not public. */
export function httpRequestTool(egress: Pick<EgressClient, 'request'>): Tool {
  const methodOf = (args: ToolArguments): string => textArgument(args, 'method', 'GET');
  return {
    name: 'http_request',
    description:
      'Calls a public web address and returns status, headers and body. Methods other than GET and HEAD change something and are made once only.',
    inputSchema: {
      type: 'object',
      properties: {
        url: { type: 'string', minLength: 1, maxLength: 8_000, description: 'http or https.' },
        method: { type: 'string', enum: METHODS, description: 'GET when absent.' },
        headers: { type: 'object', maxProperties: 50, additionalProperties: { type: 'string', maxLength: 8_000 } },
        body: { description: 'Text, or a value that is sent as JSON.' },
      },
      required: ['url'],
      additionalProperties: false,
    },
    effect: 'write',
    timeoutMs: TIMEOUT_MS,
    credential: { kinds: [], required: false },
    outputBytes: OUTPUT_BYTES,
    effectOf: (args) => (READING.has(methodOf(args)) ? 'read' : 'write'),
    isRepeatable: (args) => REPEATABLE.has(methodOf(args)),
    maskArguments: (args) => maskHttpRequest(requestOf(args, '')),
    run: async (args, call) => send(egress, args, call),
  };
}

function requestOf(args: ToolArguments, idempotencyKey: string): ReturnType<typeof prepareHttpRequest> {
  const { headers = {}, body } = args;
  return prepareHttpRequest(
    {
      method: textArgument(args, 'method', 'GET'),
      url: textArgument(args, 'url'),
      headers: Object.entries(headers as Record<string, string>),
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    },
    idempotencyKey,
  );
}

async function send(
  egress: Pick<EgressClient, 'request'>,
  args: ToolArguments,
  { signal, idempotencyKey, credential }: ToolCall,
): Promise<unknown> {
  const request = requestOf(args, idempotencyKey);
  if (READING.has(request.method) && request.body !== undefined) {
    throw new StepError({
      code: 'http.body_not_allowed',
      message: `A ${request.method} request has no body: leave it out or choose another method.`,
      retryable: false,
    });
  }
  try {
    const secret = (await credential?.headersFor(request.url)) ?? {};
    const headers = { ...request.headers, ...secret };
    return answer(await egress.request({ ...request, headers, signal }), secretEcho(secret));
  } catch (error) {
    if (!(error instanceof EgressError)) throw error;
    const { code, message, retryable, phase } = error;
    const outcomeUnknown = phase === 'after-send' && !READING.has(request.method);
    throw new StepError({ code, message, retryable, outcomeUnknown, cause: error });
  }
}

/** Every status is an answer: what a 404 means is for whoever asked. */
function answer({ status, headers: given, body }: EgressResponse, masked: (text: string) => string): unknown {
  const text = masked(body.toString('utf8'));
  const headers = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, masked(value)]));
  const isJson = /^application\/([a-z0-9.+-]+\+)?json\b/i.test(headers['content-type'] ?? '');
  return { status, headers, body: isJson ? (parsed(text) ?? text) : text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
