import { ModelCallError } from '../errors/model-call-error.js';
import { readBody } from './read-body.js';

const LONGEST_ERROR_BYTES = 64 * 1024;

type Fetch = typeof globalThis.fetch;

/** What a call needs. SDKs add what stands in the environment (`…_CUSTOM_HEADERS`) and what they know of this machine. */
const SENT_HEADERS = new Set([
  'accept',
  'anthropic-version',
  'authorization',
  'content-type',
  'user-agent',
  'x-api-key',
  'x-goog-api-key',
]);

/**
 * Sends nothing but what a call needs, so that nothing of the operator's travels to a base URL that an organisation
 * chose. Bounds what SDKs read by themselves: they load an error's body whole, however long a broken or hostile server makes
 * it. Bodies of successful replies are read by us, with bounds of their own. Redirects end the call, because a key
 * would travel along to wherever they lead.
 */
export function guardedFetch(fetch: Fetch): Fetch {
  return async (input, init) => {
    const headers = [...new Headers(init?.headers)].filter(([name]) => SENT_HEADERS.has(name));
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    if (response.ok) return response;
    if (response.status >= 300 && response.status < 400) {
      void response.body?.cancel().catch(() => undefined);
      const message = 'The provider redirects to another address, which is not followed; correct its base URL.';
      throw new ModelCallError('provider.redirected', message, { status: response.status });
    }
    const { text } = await readBody(response, LONGEST_ERROR_BYTES);
    return new Response(text, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}
