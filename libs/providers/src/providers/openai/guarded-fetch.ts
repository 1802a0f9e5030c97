import { readBody } from './read-body.js';

const LONGEST_ERROR_BYTES = 64 * 1024;

type Fetch = typeof globalThis.fetch;

/**
 * Bounds what the SDK reads by itself: it loads an error's body whole, however long a broken or hostile server makes
 * it. Bodies of successful replies are read by us, with bounds of their own.
 */
export function guardedFetch(fetch: Fetch): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok) return response;
    const { text } = await readBody(response, LONGEST_ERROR_BYTES);
    return new Response(text, { status: response.status, statusText: response.statusText, headers: response.headers });
  };
}
