import type { EgressResponseHead } from './egress-request.js';
import type { ResponseHead } from './exchange.js';

/** A response head as callers get it. */
export function responseHead(head: ResponseHead, url: URL, redirected: boolean): EgressResponseHead {
  const headers: Record<string, string> = {};
  let setCookies: readonly string[] = [];
  for (const [name, value] of Object.entries(head.headers)) {
    // Assigning `__proto__` would be lost or worse; no honest server sends it.
    if (value === undefined || name === '__proto__') continue;
    if (name === 'set-cookie') setCookies = Array.isArray(value) ? value : [value];
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: head.status, statusText: head.statusText, headers, setCookies, url: url.href, redirected };
}
