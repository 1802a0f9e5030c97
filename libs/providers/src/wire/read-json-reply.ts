import { ModelCallError } from '../errors/model-call-error.js';
import { readBody } from './read-body.js';

const LONGEST_REPLY_BYTES = 64 * 1024 * 1024;

/** The object in a whole (not streamed) reply. Web pages, fragments and floods are honest errors. */
export async function readJsonReply<T extends object>(
  response: Response,
  model: string,
  maxBytes = LONGEST_REPLY_BYTES,
): Promise<T> {
  refuseWebPage(response, model);
  const { text, truncated } = await readBody(response, maxBytes);
  if (truncated)
    throw new ModelCallError('provider.reply_too_large', `${model} sent more than an answer can be; stopped reading.`);
  return parseReply<T>(text, model);
}

/** Proxies and sign-in walls like to answer 200 with a page. Repeating finds the same page. */
export function refuseWebPage(response: Response, model: string): void {
  if (!/\bhtml\b/i.test(response.headers.get('content-type') ?? '')) return;
  void response.body?.cancel().catch(() => undefined);
  throw new ModelCallError(
    'provider.invalid_reply',
    `${model} answered ${response.status} with a web page instead of a completion; check the provider's base URL.`,
    { status: response.status, retryable: false },
  );
}

/** Parses one JSON object of a reply. `T` says what may be in it; nothing is promised to be. */
export function parseReply<T extends object>(text: string, model: string, outputStarted = false): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ModelCallError('provider.invalid_reply', `${model} sent a reply that is not JSON.`, {
      retryable: true,
      outputStarted,
    });
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ModelCallError('provider.invalid_reply', `${model} sent JSON that is not a completion.`, {
      retryable: true,
      outputStarted,
    });
  }
  return parsed as T;
}
