import { blocked } from './egress.errors.js';
import { type EgressTarget, parseTarget } from './egress-target.js';
import type { ResponseHead } from './exchange.js';
import { type HeaderRecord, withoutBodyHeaders, withoutCredentials } from './request-headers.js';

/** A request as one hop sends it. */
export interface Hop {
  readonly method: string;
  readonly target: EgressTarget;
  readonly headers: HeaderRecord;
  readonly body: string | Uint8Array | undefined;
  /** The origin is one of the operator's own and was asked for by the caller, not by a redirect from elsewhere. */
  readonly trusted: boolean;
}

const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);

/** The `location` of a response that is a redirect with somewhere to go. */
export function redirectLocation({ status, headers }: ResponseHead): string | undefined {
  if (!REDIRECT_STATUSES.has(status)) return undefined;
  const { location } = headers;
  return (Array.isArray(location) ? location[0] : location) || undefined;
}

/**
 * The request that follows `hop` to `location`, by the rules of the fetch standard: 303 always, and 301 and 302 after a POST, go on as GET without the body.
 * @throws EgressError for a location that may not be followed. Whether its address is public is checked by whoever sends it.
 */
export function nextHop(hop: Hop, status: number, location: string): Hop {
  const target = parseTarget(percentEncode(location), 'after-send', hop.target.url);
  if (hop.target.url.protocol === 'https:' && target.url.protocol === 'http:') {
    throw blocked(
      'The server redirects from https to http, which would send the request unencrypted; call the final address directly if that is wanted.',
      'after-send',
    );
  }
  const sameOrigin = target.url.origin === hop.target.url.origin;
  const dropsBody =
    (status === 303 && hop.method !== 'GET' && hop.method !== 'HEAD') ||
    ((status === 301 || status === 302) && hop.method === 'POST');
  const headers = sameOrigin ? hop.headers : withoutCredentials(hop.headers);
  return {
    method: dropsBody ? 'GET' : hop.method,
    target,
    headers: dropsBody ? withoutBodyHeaders(headers) : headers,
    body: dropsBody ? undefined : hop.body,
    trusted: hop.trusted && sameOrigin,
  };
}

/** Header bytes arrive as latin1; servers that leave out the encoding mean the bytes as they are. */
function percentEncode(location: string): string {
  return location.replace(/[\x80-\xff]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
